// Where array programs compute in a browser: WebAssembly, or the graphics processor where it is asked for and there is one.
import { defaultDevice, init } from '@jax-js/jax';

export type BrowserDevice = 'wasm' | 'webgpu';

/**
 * Makes a device ready, and the default of all arrays.
 *
 * @returns the device that is used: `wasm` where `webgpu` is not to be had
 */
export async function startDevice(wanted: BrowserDevice): Promise<BrowserDevice> {
  const ready = await init(wanted);
  const device = ready.includes(wanted) ? wanted : 'wasm';
  if (device !== wanted) await init(device);
  defaultDevice(device);
  return device;
}

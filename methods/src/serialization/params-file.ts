// A model's parameters to a file and back: every array under its dotted name.
import { DType, numpy as np } from '@jax-js/jax';
import { leafNames, namedLeaves, unnamedLeaves } from '../optimizers/named-leaves.ts';
import type { ArrayTree } from '../optimizers/transformation.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { SafetensorsError } from './safetensors-error.ts';
import type { Tensor } from './tensor.ts';

/**
 * @param params not consumed; one level of names at least (a lone array has none)
 * @param metadata notes that are kept beside them
 * @throws RangeError when two arrays have one name, because a key holds a dot
 */
export async function saveParams(
  params: ArrayTree,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const named = Object.entries(namedLeaves(params)).map(
    async ([name, array]): Promise<[string, Tensor]> => [name, await tensorOf(array)],
  );
  return encodeSafetensors(Object.fromEntries(await Promise.all(named)), metadata);
}

/**
 * @param file what `saveParams` wrote, or any safetensors file with these names and shapes
 * @param like parameters of the same model, for their names and shapes; not consumed
 * @throws SafetensorsError when the file is damaged or holds another model
 */
export function loadParams<P extends ArrayTree>(file: Uint8Array, like: P): P {
  const { tensors } = decodeSafetensors(file);
  const wanted = Object.entries(namedLeaves(like));
  const known = new Set(leafNames(like));
  const stranger = Object.keys(tensors).find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw new SafetensorsError('mismatch', `The model has no parameter "${stranger}".`, stranger);
  }
  for (const [name, { shape }] of wanted) {
    const found = tensors[name];
    if (found === undefined) {
      throw new SafetensorsError('mismatch', `The file lacks the parameter "${name}".`, name);
    }
    if (found.shape.length !== shape.length || found.shape.some((extent, i) => extent !== shape[i])) {
      const shapes = `[${found.shape.join(', ')}] instead of [${shape.join(', ')}]`;
      throw new SafetensorsError('mismatch', `Parameter "${name}" has the shape ${shapes}.`, name);
    }
  }
  const arrays = wanted.map(([name]) => [name, arrayOf(name, tensors[name])]);
  return unnamedLeaves(like, Object.fromEntries(arrays));
}

async function tensorOf(array: np.Array): Promise<Tensor> {
  const shape = [...array.shape];
  const { dtype } = array;
  const data = await array.ref.data();
  if (data instanceof Float32Array) return { dtype: 'F32', shape, data };
  if (data instanceof Float64Array) return { dtype: 'F64', shape, data };
  if (data instanceof Float16Array) return { dtype: 'F16', shape, data };
  if (data instanceof Uint32Array) return { dtype: 'U32', shape, data };
  return dtype === DType.Bool
    ? { dtype: 'BOOL', shape, data: Uint8Array.from(data) }
    : { dtype: 'I32', shape, data };
}

function arrayOf(name: string, tensor: Tensor | undefined): np.Array {
  const shape = [...(tensor?.shape ?? [])];
  switch (tensor?.dtype) {
    case 'F32':
    case 'F64':
    case 'F16':
    case 'I32':
    case 'U32':
      return np.array(tensor.data, { shape });
    case 'BOOL':
      return np.array(Int32Array.from(tensor.data), { shape }).notEqual(0);
    default:
      throw new SafetensorsError('dtype', `Parameter "${name}" holds numbers that arrays cannot.`, name);
  }
}

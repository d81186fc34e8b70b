// What the array library's memory on wasm does while nobody looks, as it is today; a file of its own because that memory
// is made when the library is loaded.
import { init, jit, numpy as np } from '@jax-js/jax';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { gradTree } from './gradients/typed-transformations.ts';
import { relu } from './layers/activations.ts';

/** Every memory that WebAssembly makes from here on; the compiler's library knows it only together with a browser's. */
const memories = vi.hoisted(() => {
  const made: { readonly buffer: ArrayBuffer }[] = [];
  const assembly: object = Reflect.get(globalThis, 'WebAssembly');
  const construct = (
    Memory: new (...args: unknown[]) => { readonly buffer: ArrayBuffer },
    args: unknown[],
  ) => {
    const memory = new Memory(...args);
    made.push(memory);
    return memory;
  };
  Reflect.set(assembly, 'Memory', new Proxy(Reflect.get(assembly, 'Memory'), { construct }));
  return made;
});

beforeAll(() => init('wasm'));

const size = 128;
const arrayBytes = 4 * size ** 2;
const steps = 60;

/** How much the memory has grown in steps from one matrix to the next, the first of them before the count. */
function growth(step: (x: np.Array) => np.Array, { isRead }: { isRead: boolean }): number {
  const bytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  let x = step(np.ones([size, size]));
  x.ref.dataSync();
  expect(memories).toHaveLength(1);
  const before = bytes();
  for (let i = 0; i < steps; i++) {
    x = step(x);
    if (isRead) x.ref.slice(0, 0).dataSync();
  }
  const grown = bytes() - before;
  x.dataSync();
  return grown;
}

describe('the memory of the array library', () => {
  const half = (x: np.Array) => np.tanh(np.matmul(x, np.eye(size))).mul(0.5);

  it('does not grow in steps that are read, jitted or not, with gradients or without', () => {
    const compiled = jit(half);
    const slope = gradTree((x: np.Array) => np.square(relu(x)).sum());
    for (const step of [compiled, half, slope]) {
      expect(growth(step, { isRead: true })).toBeLessThan((steps / 6) * arrayBytes);
    }
    compiled.dispose();
  });

  it('grows with every step that nobody reads, jitted or not: one number of each step is read', () => {
    const compiled = jit(half);
    for (const step of [compiled, half]) {
      expect(growth(step, { isRead: false })).toBeGreaterThan((steps / 2) * arrayBytes);
    }
    compiled.dispose();
  });
});

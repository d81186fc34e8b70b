import { init, numpy as np, tree } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { initDecoder } from '../models/decoder.ts';
import { pcg32 } from '../random/pcg32.ts';
import { loadParams, saveParams } from './params-file.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { SafetensorsError } from './safetensors-error.ts';

beforeAll(() => init('wasm'));

const model = (seed: number) =>
  initDecoder(pcg32(seed), { vocabulary: 7, layers: 2, width: 4, context: 5, tied: false });

function codeOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof SafetensorsError) return error.code;
    throw error;
  }
}

describe('a model’s file', () => {
  it('holds every parameter under its dotted name, and gives the same model back', async () => {
    const saved = model(1);
    const file = await saveParams(saved, { steps: '3' });
    const { tensors, metadata } = decodeSafetensors(file);
    expect(metadata).toEqual({ steps: '3' });
    expect(tensors['blocks.1.attention.query.weight']?.shape).toEqual([4, 4]);
    const like = model(2);
    const loaded = loadParams(file, like);
    const numbers = (params: typeof saved) =>
      tree.leaves<np.Array>(params).map((leaf) => [...leaf.ref.dataSync()]);
    expect(numbers(loaded)).toEqual(numbers(saved));
    expect(numbers(loaded)).not.toEqual(numbers(like));
    expect(tree.structure(loaded)).toEqual(tree.structure(saved));
  });

  it('keeps integers, float64 and truth values as such', async () => {
    const params = {
      counts: np.array(Int32Array.from([-3, 5])),
      keys: np.array(Uint32Array.from([2 ** 32 - 1])),
      exact: np.array(Float64Array.from([Math.PI])),
      flags: np.array([1, 0]).greater(0),
    };
    const loaded = loadParams(await saveParams(params), params);
    expect(loaded.exact.dtype).toBe(np.float64);
    expect(loaded.exact.dataSync()[0]).toBe(Math.PI);
    expect([...loaded.counts.dataSync()]).toEqual([-3, 5]);
    expect([...loaded.keys.dataSync()]).toEqual([2 ** 32 - 1]);
    expect(loaded.flags.dtype).toBe(np.bool);
    expect(loaded.flags.js()).toEqual([true, false]);
  });

  it('is refused by another model: a name too many, one too few, another shape, a number that arrays cannot hold', async () => {
    const file = await saveParams({ a: np.zeros([2]), b: np.zeros([3]) });
    expect(codeOf(() => loadParams(file, { a: np.zeros([2]) }))).toBe('mismatch');
    expect(codeOf(() => loadParams(file, { a: np.zeros([2]), b: np.zeros([3]), c: np.zeros([1]) }))).toBe(
      'mismatch',
    );
    expect(codeOf(() => loadParams(file, { a: np.zeros([3]), b: np.zeros([3]) }))).toBe('mismatch');
    expect(codeOf(() => loadParams(file, { a: np.zeros([2, 1]), b: np.zeros([3]) }))).toBe('mismatch');
    const bytes = encodeSafetensors({ a: { dtype: 'U8', shape: [2], data: new Uint8Array(2) } });
    expect(codeOf(() => loadParams(bytes, { a: np.zeros([2]) }))).toBe('dtype');
  });
});

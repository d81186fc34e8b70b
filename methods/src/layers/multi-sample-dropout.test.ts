import { grad, init, jit, numpy as np, random } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { dropout } from './dropout.ts';
import { multiSampleDropout, multiSampleLoss } from './multi-sample-dropout.ts';

const features = [
  [0.4, -1, 2, 0.3],
  [1.5, 0.2, -0.7, 0.9],
];
const weights = [
  [0.5, -0.2, 0.1],
  [0.3, 0.8, -0.5],
  [-0.4, 0.1, 0.6],
  [0.2, -0.3, 0.7],
];
const labels = [
  [1, 0, 0],
  [0, 0, 1],
];

const loss = (w: np.Array, key: np.Array, samples: number, rate = 0.5): np.Array =>
  multiSampleLoss(
    multiSampleDropout(key, np.array(features), (h) => np.matmul(h, w), { samples, rate }),
    np.array(labels),
  ).mean();

/** The gradient by the weights for each of `draws` keys, flat. */
function gradients(samples: number, draws: number): number[][] {
  const step = jit((w: np.Array, key: np.Array) => grad((v: np.Array) => loss(v, key, samples))(w));
  return Array.from({ length: draws }, (_, i) =>
    Array.from(
      step(np.array(weights), random.key(1000 * samples + i))
        .reshape([12])
        .dataSync(),
    ),
  );
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const varianceOf = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + (v - meanOf(values)) ** 2, 0) / (values.length - 1);
const column = (rows: readonly number[][], i: number): number[] => rows.map((row) => row[i] ?? 0);

beforeAll(() => init('wasm'));

describe('multi-sample dropout', () => {
  it('with one sample is dropout with the same key', () => {
    const one = multiSampleDropout(random.key(3), np.array(features), (h) => h, { samples: 1, rate: 0.4 });
    const plain = dropout(random.key(3), np.array([features]), 0.4);
    expect(Array.from(one.dataSync())).toEqual(Array.from(plain.dataSync()));
  });

  it('draws a mask of its own for every sample', () => {
    const drawn = multiSampleDropout(random.key(4), np.ones([1, 64]), (h) => h, { samples: 4, rate: 0.5 });
    const rows: number[][] = Array.from({ length: 4 }, (_, i) =>
      Array.from(drawn.ref.slice(i, 0, []).dataSync()),
    );
    expect(new Set(rows.map((row) => row.join())).size).toBe(4);
    expect(new Set(rows.flat())).toEqual(new Set([0, 2]));
  });

  it('without dropout does not depend on the number of samples', () => {
    const values = [1, 2, 8].map(
      (samples) => loss(np.array(weights), random.key(1), samples, 0).dataSync()[0] ?? 0,
    );
    expect(values[1]).toBeCloseTo(values[0] ?? 0, 6);
    expect(values[2]).toBeCloseTo(values[0] ?? 0, 6);
  });

  it('asks the head once, whatever the number of samples', () => {
    let calls = 0;
    multiSampleDropout(
      random.key(5),
      np.array(features),
      (h) => {
        calls += 1;
        return h;
      },
      { samples: 8, rate: 0.5 },
    ).dispose();
    expect(calls).toBe(1);
  });

  it('has the same expected gradient for every M, and a variance that falls as 1/M', () => {
    const draws = 2000;
    const one = gradients(1, draws);
    const eight = gradients(8, draws);
    for (let i = 0; i < 12; i += 1) {
      const [a, b] = [column(one, i), column(eight, i)];
      const z = (meanOf(a) - meanOf(b)) / Math.sqrt((varianceOf(a) + varianceOf(b)) / draws);
      // Twelve tests at once; |z| > 4 has a chance below one in a thousand.
      expect(Math.abs(z)).toBeLessThan(4);
    }
    const total = (rows: number[][]): number =>
      rows[0]?.reduce((sum, _, i) => sum + varianceOf(column(rows, i)), 0) ?? 0;
    expect((8 * total(eight)) / total(one)).toBeGreaterThan(0.9);
    expect((8 * total(eight)) / total(one)).toBeLessThan(1.1);
  });

  it('averages losses, which are never below the loss of the average', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const logits = random.normal(random.key(seed), [5, 2, 3]);
      const mean = multiSampleLoss(logits.ref, np.array(labels)).dataSync();
      const ofMean = multiSampleLoss(logits, np.array(labels), 'logits').dataSync();
      for (const i of [0, 1]) expect(mean[i]).toBeGreaterThanOrEqual((ofMean[i] ?? 0) - 1e-6);
    }
  });

  it('refuses half a sample and a rate that leaves nothing', () => {
    const drop = (samples: number, rate: number) => () =>
      multiSampleDropout(random.key(1), np.array(features), (h) => h, { samples, rate });
    expect(drop(1.5, 0.5)).toThrow(RangeError);
    expect(drop(0, 0.5)).toThrow(RangeError);
    expect(drop(2, 1)).toThrow(RangeError);
  });
});

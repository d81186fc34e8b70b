import { init, type numpy as np } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { mean, sampleVariance } from '../statistics/mean.ts';
import { normalCdf } from '../statistics/normal.ts';
import {
  fansOf,
  glorotUniform,
  heNormal,
  type Initializer,
  lecunNormal,
  normal,
  ones,
  truncatedNormal,
  uniform,
  uniformFanIn,
  zeros,
} from './initializers.ts';

beforeAll(() => init('wasm'));

const drawn = (initializer: Initializer, shape = [200, 300]): number[] => [
  ...initializer(pcg32(5), shape).dataSync(),
];
const spread = (values: number[]): number => Math.sqrt(sampleVariance(values));
const numbers = (array: np.Array): number[] => [...array.dataSync()];

describe('initial parameters', () => {
  it('are the same for the same seed, and others for another', () => {
    const of = (seed: number) => numbers(normal(1)(pcg32(seed), [3, 4]));
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it('have the shape asked for and are float32', () => {
    const array = heNormal(pcg32(1), [2, 3, 4]);
    expect([array.shape, array.dtype]).toEqual([[2, 3, 4], 'float32']);
    expect(numbers(zeros(pcg32(1), [2]))).toEqual([0, 0]);
    expect(numbers(ones(pcg32(1), [2]))).toEqual([1, 1]);
    expect(normal(1)(pcg32(1), []).shape).toEqual([]);
  });

  it('by the normal are normal: at no point do they stray from Φ further than Kolmogorov allows', () => {
    const values = drawn(normal(0.5)).sort((a, b) => a - b);
    const distance = Math.max(...values.map((x, i) => Math.abs(normalCdf(x / 0.5) - i / values.length)));
    expect(distance).toBeLessThan(1.63 / Math.sqrt(values.length));
  });

  it('by the truncated normal end at two spreads', () => {
    const values = drawn(truncatedNormal(0.1));
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.2 * (1 + 1e-6));
    expect(spread(values)).toBeCloseTo(0.1 * 0.8796, 3);
    expect(mean(values)).toBeCloseTo(0, 2);
  });

  it('have the spread that their papers ask for', () => {
    expect(spread(drawn(heNormal))).toBeCloseTo(Math.sqrt(2 / 200), 3);
    expect(spread(drawn(lecunNormal))).toBeCloseTo(Math.sqrt(1 / 200), 3);
    const glorot = drawn(glorotUniform);
    expect(spread(glorot)).toBeCloseTo(Math.sqrt(2 / 500), 3);
    expect(Math.max(...glorot)).toBeLessThan(Math.sqrt(6 / 500));
    const fanIn = drawn(uniformFanIn);
    expect(Math.max(...fanIn)).toBeLessThanOrEqual(1 / Math.sqrt(200));
    expect(Math.min(...fanIn)).toBeCloseTo(-1 / Math.sqrt(200), 4);
    expect(spread(drawn(uniform(3)))).toBeCloseTo(Math.sqrt(3), 1);
  });

  it('count the window of a convolution among what comes in and goes out', () => {
    expect(fansOf([3, 5, 4, 7])).toEqual({ fanIn: 60, fanOut: 105 });
    expect(() => fansOf([4])).toThrow(RangeError);
  });
});

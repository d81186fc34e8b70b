import { describe, expect, it } from 'vitest';
import { pcg32, type Random } from '../random/pcg32.ts';
import { expectedNoisyMinimum } from './noise-minimum.ts';

function noisyAccuracy(p: number, examples: number, random: Random): number {
  let right = 0;
  for (let i = 0; i < examples; i++) if (random.nextUnit() < p) right++;
  return right / examples;
}

describe('the minimum of noisy accuracies', () => {
  it('of one evaluation is its accuracy', () => {
    for (const p of [0, 0.3, 0.95, 1]) expect(expectedNoisyMinimum([p], 120)).toBeCloseTo(p, 10);
  });

  it('of two fair coins with one toss each is a quarter', () => {
    expect(expectedNoisyMinimum([0.5, 0.5], 1)).toBeCloseTo(0.25, 12);
    expect(expectedNoisyMinimum([0.5, 0.25], 1)).toBeCloseTo(0.125, 12);
  });

  it('agrees with simulated evaluations', () => {
    const curve = Array.from({ length: 40 }, (_, i) => 0.7 + 0.005 * i);
    const random = pcg32(7);
    let sum = 0;
    for (let trial = 0; trial < 2000; trial++) {
      sum += Math.min(...curve.map((p) => noisyAccuracy(p, 60, random)));
    }
    expect(sum / 2000).toBeCloseTo(expectedNoisyMinimum(curve, 60), 2);
  });

  it('is why a test set drawn anew before each step shows a loss where there is none, and a fixed one does not', () => {
    const pool = Array.from({ length: 10_000 }, (_, i) => i % 2);
    const random = pcg32(3);
    const drawn = Array.from({ length: 1000 }, () => random.nextBelow(pool.length));
    const accuracyOn = (items: readonly number[]) =>
      items.reduce((sum, item) => sum + (pool[item] ?? 0), 0) / items.length;
    const fixed = Array.from({ length: 500 }, () => accuracyOn(drawn));
    const redrawn = fixed.map(() => accuracyOn(drawn.map(() => random.nextBelow(pool.length))));
    expect(Math.min(...fixed)).toBe(accuracyOn(drawn));
    expect(Math.min(...redrawn)).toBeLessThan(0.47);
    expect(expectedNoisyMinimum(new Array<number>(500).fill(0.5), 1000)).toBeCloseTo(0.452, 2);
  });

  it('lies the lower the more evaluations and the fewer examples there are', () => {
    const of = (evaluations: number, examples: number) =>
      expectedNoisyMinimum(new Array<number>(evaluations).fill(0.8), examples);
    expect(of(100, 200)).toBeLessThan(of(10, 200));
    expect(of(100, 200)).toBeLessThan(of(100, 2000));
    expect(of(100, 1000)).toBeGreaterThan(0.75);
  });

  it('refuses no evaluation, no examples and what is no probability', () => {
    expect(() => expectedNoisyMinimum([], 10)).toThrow(RangeError);
    expect(() => expectedNoisyMinimum([0.5], 0)).toThrow(RangeError);
    expect(() => expectedNoisyMinimum([1.5], 10)).toThrow(RangeError);
  });
});

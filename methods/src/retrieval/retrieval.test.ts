import { grad, init, jit, numpy as np } from '@jax-js/jax';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import {
  comparativeRegularization,
  inPoolCrossEntropy,
  robustnessIndex,
  sampleFeedbackDepths,
  sampleNestedFeedback,
} from './lol.ts';
import { percentileNormalize } from './percentile-normalize.ts';
import { rocchio } from './rocchio.ts';

beforeAll(() => init('wasm'));

describe('percentile normalisation', () => {
  it('maps the percentiles to 0 and 1, clips beyond, keeps the order', () => {
    const scores = Array.from({ length: 101 }, (_, i) => 2 * i - 50);
    const found = percentileNormalize(scores);
    expect([found[0], found[1], found[50], found[99], found[100]]).toEqual([0, 0, 0.5, 1, 1]);
    expect(found[25]).toBeCloseTo(24 / 98, 12);
  });

  it('does not see a shift or a positive scale', () => {
    const finite = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), (scores) => {
        const plain = percentileNormalize(scores, 5, 95);
        const moved = percentileNormalize(
          scores.map((score) => 4 * score + 8),
          5,
          95,
        );
        for (const [i, value] of plain.entries()) {
          expect(value >= 0 && value <= 1).toBe(true);
          expect(moved[i]).toBeCloseTo(value, 9);
        }
      }),
    );
  });

  it('makes equal scores 0, and refuses none, NaN and percentiles out of order', () => {
    expect([...percentileNormalize([3, 3, 3])]).toEqual([0, 0, 0]);
    expect(() => percentileNormalize([])).toThrow(RangeError);
    expect(() => percentileNormalize([Number.NaN])).toThrow(RangeError);
    expect(() => percentileNormalize([1], 50, 50)).toThrow(RangeError);
  });
});

describe('Rocchio', () => {
  it('adds the mean of the documents to the query, each with its weight', () => {
    expect([
      ...rocchio(
        [1, 0],
        [
          [0, 1],
          [0, 3],
        ],
        { alpha: 2, beta: 0.5 },
      ),
    ]).toEqual([2, 1]);
    expect([...rocchio([1, 2], [])]).toEqual([1, 2]);
    expect([...rocchio([1, 2], [[4, 4]], { alpha: 1, beta: 0 })]).toEqual([1, 2]);
  });

  it('refuses documents of other dimensions', () => {
    expect(() => rocchio([1, 2], [[1]])).toThrow(RangeError);
  });
});

describe('cross-entropy in the pool', () => {
  const pool = [
    [1, 0],
    [0, 1],
    [0.5, 0.5],
    [-1, 0],
  ];
  const query = [2, 1];
  const scores = [2, 1, 1.5, -2];
  const logSum = (values: readonly number[]) =>
    Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0));
  const value = (positives: number[], mask?: number[]) =>
    inPoolCrossEntropy(
      np.array([query]),
      np.array(pool),
      np.array([positives]),
      mask && np.array([mask]),
    ).dataSync()[0];

  it('is −log softmax of the one positive over the whole pool', () => {
    expect(value([0, 1, 0, 0])).toBeCloseTo(logSum(scores) - 1, 5);
  });

  it('takes the worst of several positives for the label and leaves the others out', () => {
    expect(value([1, 1, 0, 0])).toBeCloseTo(logSum([1, 1.5, -2]) - 1, 5);
  });

  it('leaves out what is not in the pool of a query, and is 0 when nothing contends', () => {
    expect(value([0, 1, 0, 0], [0, 1, 1, 0])).toBeCloseTo(logSum([1, 1.5]) - 1, 5);
    expect(value([1, 1, 1, 1])).toBeCloseTo(0, 6);
    expect(value([0, 1, 0, 0], [0, 0, 0, 0])).toBeCloseTo(0, 6);
  });

  it('has the gradient of softmax under jit: expected document minus the label', () => {
    const gradient = jit(grad((q: np.Array, d: np.Array, p: np.Array) => inPoolCrossEntropy(q, d, p).sum()));
    const found = Array.from(
      gradient(np.array([query]), np.array(pool), np.array([[1, 1, 0, 0]])).dataSync(),
    );
    const contending = [1, 2, 3];
    const total = contending.reduce((sum, j) => sum + Math.exp(scores[j] ?? 0), 0);
    for (const axis of [0, 1]) {
      const expected = contending.reduce(
        (sum, j) => sum + (Math.exp(scores[j] ?? 0) / total) * (pool[j]?.[axis] ?? 0),
        0,
      );
      expect(found[axis]).toBeCloseTo(expected - (pool[1]?.[axis] ?? 0), 5);
    }
  });
});

describe('the comparative term', () => {
  const values = (losses: number[][], order?: 'desc' | 'asc') =>
    Array.from(comparativeRegularization(np.array(losses), order).dataSync());
  const loss = fc.integer({ min: 0, max: 40 }).map((n) => n / 8);

  it('is the mean of the positive parts over all pairs of more and less feedback', () => {
    fc.assert(
      fc.property(fc.array(loss, { minLength: 2, maxLength: 5 }), (losses) => {
        let sum = 0;
        let pairs = 0;
        for (const [i, more] of losses.entries()) {
          for (const less of losses.slice(i + 1)) {
            sum += Math.max(0, more - less);
            pairs++;
          }
        }
        expect(values([losses])[0]).toBeCloseTo(sum / pairs, 5);
        expect(values([losses.toReversed()], 'asc')[0]).toBeCloseTo(sum / pairs, 5);
        const neverWorse = losses.every((more, i) => i === 0 || (losses[i - 1] ?? 0) <= more);
        expect(values([losses])[0] === 0).toBe(neverWorse);
      }),
      { numRuns: 40 },
    );
  });

  it('gives one value a query, and 0 for a single revision', () => {
    expect(
      values([
        [3, 1],
        [1, 3],
      ]),
    ).toEqual([2, 0]);
    expect(values([[3], [1]])).toEqual([0, 0]);
  });

  it('for one pair has the subgradient (∇more − ∇less)·1[more > less], nothing at equality', () => {
    const gradient = jit(grad((losses: np.Array) => comparativeRegularization(losses).sum()));
    expect(
      gradient(
        np.array([
          [3, 1],
          [1, 3],
          [2, 2],
        ]),
      ).js(),
    ).toEqual([
      [1, -1],
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('sampled feedback', () => {
  it('draws distinct depths from 0 to K, deepest first, each depth about as often', () => {
    const random = pcg32(9);
    const counts = new Map<number, number>();
    for (let i = 0; i < 3000; i++) {
      const depths = sampleFeedbackDepths(random, 5, 2);
      expect(depths).toHaveLength(2);
      expect((depths[0] ?? 0) > (depths[1] ?? 0)).toBe(true);
      for (const depth of depths) counts.set(depth, (counts.get(depth) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
    expect(sampleFeedbackDepths(random, 2, 3)).toEqual([2, 1, 0]);
    expect(() => sampleFeedbackDepths(random, 2, 4)).toThrow(RangeError);
    expect(() => sampleFeedbackDepths(random, 2, 0)).toThrow(RangeError);
  });

  it('nests: every shallower set is a prefix of the deepest, without repeats', () => {
    const candidates = ['a', 'b', 'c', 'd', 'e', 'f'];
    const depths = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(depths, fc.nat(), (given, seed) => {
        const sets = sampleNestedFeedback(pcg32(seed), candidates, given);
        const deepest = sets.reduce((longest, set) => (set.length > longest.length ? set : longest), []);
        for (const [i, set] of sets.entries()) expect(set).toEqual(deepest.slice(0, given[i]));
        expect(new Set(deepest).size).toBe(deepest.length);
      }),
    );
    expect(() => sampleNestedFeedback(pcg32(1), ['a'], [2])).toThrow(RangeError);
  });
});

describe('the robustness index', () => {
  it('is (improved − hurt)/all', () => {
    expect(robustnessIndex([0.1, 0.2, 0.3, 0.4], [0.2, 0.3, 0.1, 0.4])).toBe(1 / 4);
    expect(() => robustnessIndex([1], [])).toThrow(RangeError);
    expect(() => robustnessIndex([], [])).toThrow(RangeError);
  });
});

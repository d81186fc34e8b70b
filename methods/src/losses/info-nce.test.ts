import { grad, init, jit, numpy as np } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { infoNceLoss } from './info-nce.ts';

const queries = [
  [1, 0],
  [0.6, 0.8],
];
const docs = [
  [0.8, 0.6],
  [0, 1],
  [1, 0],
  [-0.6, 0.8],
];
const temp = 0.5;
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

/** The loss in float64 over the passages that `keeps` lets through, beside the positive. */
function reference(row: number, keeps: (passage: number) => boolean): number {
  const scores = docs.map((doc) => dot(queries[row] ?? [], doc) / temp);
  const sum = scores.reduce((total, s, j) => total + (j === row || keeps(j) ? Math.exp(s) : 0), 0);
  return Math.log(sum) - (scores[row] ?? 0);
}

const values = (options: Parameters<typeof infoNceLoss>[2]) =>
  Array.from(infoNceLoss(np.array(queries), np.array(docs), { temp, ...options }).dataSync());

beforeAll(() => init('wasm'));

describe('InfoNCE', () => {
  it('is −log of the positive’s share, one value a query', () => {
    const found = values({});
    expect(found).toHaveLength(2);
    for (const row of [0, 1])
      expect(found[row]).toBeCloseTo(
        reference(row, () => true),
        5,
      );
  });

  it('leaves masked passages out and never the positive', () => {
    const mask = [
      [0, 1, 0, 1],
      [0, 0, 0, 0],
    ];
    const found = values({ mask: np.array(mask) });
    expect(found[0]).toBeCloseTo(
      reference(0, (j) => j === 1 || j === 3),
      5,
    );
    expect(found[1]).toBeCloseTo(0, 6);
  });

  it('leaves out what the teacher scores above 0.6 of the positive, and what it did not score it keeps', () => {
    const teacher = [
      [1, 0.61, 0.59, 0],
      [0, 0.5, 0.29, 0.31],
    ];
    const found = values({ teacherScores: np.array(teacher) });
    expect(found[0]).toBeCloseTo(
      reference(0, (j) => j === 2 || j === 3),
      5,
    );
    expect(found[1]).toBeCloseTo(
      reference(1, (j) => j === 0 || j === 2),
      5,
    );
    const strict = values({ teacherScores: np.array(teacher), falseNegativeRatio: 0.3 });
    expect(strict[0]).toBeCloseTo(
      reference(0, (j) => j === 3),
      5,
    );
  });

  it('has the gradient Σ (share − label)·d/τ under jit, with no pull from a masked passage', () => {
    const mask = [
      [1, 1, 0, 1],
      [1, 1, 1, 1],
    ];
    const gradient = jit(
      grad((q: np.Array, d: np.Array, m: np.Array) => infoNceLoss(q, d, { temp, mask: m }).sum()),
    );
    const found = Array.from(gradient(np.array(queries), np.array(docs), np.array(mask)).dataSync());
    for (const row of [0, 1]) {
      const powers = docs.map((doc, j) =>
        mask[row]?.[j] ? Math.exp(dot(queries[row] ?? [], doc) / temp) : 0,
      );
      const total = powers.reduce((sum, power) => sum + power, 0);
      for (const axis of [0, 1]) {
        const expected = docs.reduce(
          (sum, doc, j) => sum + (((powers[j] ?? 0) / total - (j === row ? 1 : 0)) * (doc[axis] ?? 0)) / temp,
          0,
        );
        expect(found[row * 2 + axis]).toBeCloseTo(expected, 4);
      }
    }
  });

  it('has the gradient in queries and passages that finite differences measure', () => {
    const loss = jit((q: np.Array, d: np.Array) => infoNceLoss(q, d, { temp }).sum());
    const gradient = jit(
      grad((q: np.Array, d: np.Array) => infoNceLoss(q, d, { temp }).sum(), { argnums: [0, 1] }),
    );
    const [ofQueries, ofDocs] = gradient(np.array(queries), np.array(docs));
    const h = 1e-2;
    const moved = (matrix: number[][], row: number, axis: number, by: number): number[][] =>
      matrix.map((values, i) => values.map((x, j) => (i === row && j === axis ? x + by : x)));
    for (const [matrix, found, valueAt] of [
      [queries, ofQueries, (q: number[][]) => loss(np.array(q), np.array(docs)).item()],
      [docs, ofDocs, (d: number[][]) => loss(np.array(queries), np.array(d)).item()],
    ] as const) {
      const slopes = found.dataSync();
      for (const [i, slope] of slopes.entries()) {
        const at = (by: number) => valueAt(moved(matrix, Math.floor(i / 2), i % 2, by));
        expect(slope).toBeCloseTo((at(h) - at(-h)) / (2 * h), 3);
      }
    }
  });

  it('refuses fewer passages than queries', () => {
    expect(() => infoNceLoss(np.array(docs), np.array(queries))).toThrow(RangeError);
  });
});

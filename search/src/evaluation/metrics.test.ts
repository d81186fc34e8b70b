import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision, measure, metricNames, ndcgAtK, recallAtK, reciprocalRank } from './metrics.ts';

/** Grades 3 2 3 0 1 2 for six documents: the worked example of the Wikipedia article on discounted cumulative gain. */
const example = new Map([
  ['d1', 3],
  ['d2', 2],
  ['d3', 3],
  ['d4', 0],
  ['d5', 1],
  ['d6', 2],
]);
const ranking = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'];

describe('nDCG', () => {
  it('gives the published worked example: DCG 6.861 over IDCG 7.141 of the six documents', () => {
    expect(ndcgAtK(ranking, example, 6)).toBeCloseTo(6.861 / 7.141, 3);
  });

  it('gives that example 0.785 when two unseen documents of grades 3 and 2 belong to the ideal', () => {
    const all = new Map([...example, ['d7', 3], ['d8', 2]]);
    expect(ndcgAtK(ranking, all, 6)).toBeCloseTo(0.785, 3);
  });

  it('discounts rank i by log2(i + 1), counted by hand', () => {
    const judgements = new Map([
      ['a', 1],
      ['b', 1],
    ]);
    expect(ndcgAtK(['x', 'a', 'y', 'b'], judgements, 10)).toBeCloseTo(
      (1 / Math.log2(3) + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3)),
      14,
    );
    expect(ndcgAtK(['x', 'a', 'y', 'b'], judgements, 3)).toBeCloseTo(
      1 / Math.log2(3) / (1 + 1 / Math.log2(3)),
      14,
    );
  });

  it('takes grades below 0 as not relevant', () => {
    const judgements = new Map([
      ['a', 1],
      ['bad', -2],
    ]);
    expect(ndcgAtK(['bad', 'a'], judgements, 10)).toBeCloseTo(1 / Math.log2(3), 14);
  });
});

describe('reciprocal rank, recall and average precision', () => {
  /** Manning, Raghavan & Schütze 2008, ch. 8: relevant at ranks 1, 3, 6 of ten, and one never found. */
  const found = ['r1', 'n1', 'r2', 'n2', 'n3', 'r3', 'n4', 'n5', 'n6', 'n7'];
  const judgements = new Map([
    ['r1', 1],
    ['r2', 2],
    ['r3', 1],
    ['r4', 1],
    ['n1', 0],
  ]);

  it('give what is counted by hand', () => {
    expect(reciprocalRank(found, judgements)).toBe(1);
    expect(reciprocalRank(found.slice(1), judgements)).toBe(1 / 2);
    expect(reciprocalRank(found.slice(1), judgements, 1)).toBe(0);
    expect(recallAtK(found, judgements, 3)).toBe(2 / 4);
    expect(recallAtK(found, judgements, 100)).toBe(3 / 4);
    expect(averagePrecision(found, judgements)).toBeCloseTo((1 + 2 / 3 + 3 / 6) / 4, 14);
  });

  it('are 0 where nothing is found or nothing is relevant', () => {
    for (const metric of metricNames) {
      expect(measure([], judgements)[metric]).toBe(0);
      expect(measure(found, new Map())[metric]).toBe(0);
      expect(measure(found, new Map([['n1', 0]]))[metric]).toBe(0);
    }
  });

  it('MRR@10 does not see rank 11', () => {
    const deep = [...Array.from({ length: 10 }, (_, i) => `x${i}`), 'a'];
    const values = measure(deep, new Map([['a', 1]]));
    expect(values['MRR@10']).toBe(0);
    expect(values.MRR).toBeCloseTo(1 / 11, 14);
  });
});

describe('every measure', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { minLength: 1, maxLength: 20 });
  const grades = fc
    .dictionary(fc.integer({ min: 0, max: 30 }).map(String), fc.integer({ min: -1, max: 3 }))
    .map((record) => new Map(Object.entries(record)));

  it('lies in [0, 1] and is 1 for the ideal ranking', () => {
    fc.assert(
      fc.property(ids, grades, (order, judgements) => {
        const values = measure(order, judgements);
        for (const metric of metricNames)
          expect(values[metric] >= 0 && values[metric] <= 1 + 1e-12).toBe(true);
        const relevant = [...judgements].filter(([, grade]) => grade > 0);
        if (relevant.length === 0) return;
        const ideal = measure(
          relevant.sort(([, a], [, b]) => b - a).map(([id]) => id),
          judgements,
        );
        for (const metric of metricNames) expect(ideal[metric]).toBeCloseTo(1, 12);
      }),
    );
  });

  it('never falls when a relevant document moves up past one that is not', () => {
    fc.assert(
      fc.property(ids, grades, (order, judgements) => {
        const place = order.findIndex(
          (id, i) => i > 0 && (judgements.get(id) ?? 0) > 0 && (judgements.get(order[i - 1] ?? '') ?? 0) <= 0,
        );
        if (place < 1) return;
        const better = [...order];
        [better[place - 1], better[place]] = [order[place] ?? '', order[place - 1] ?? ''];
        for (const metric of metricNames) {
          const gained = measure(better, judgements)[metric] - measure(order, judgements)[metric];
          expect(gained).toBeGreaterThanOrEqual(-1e-12);
        }
      }),
    );
  });
});

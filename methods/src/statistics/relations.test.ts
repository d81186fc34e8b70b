// Reference values of this file: SciPy 1.17 (spearmanr, kendalltau, ks_2samp, kolmogorov, linregress).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { kendallTau } from './kendall.ts';
import { kolmogorovSmirnov, kolmogorovTail } from './kolmogorov-smirnov.ts';
import { linearRegression } from './linear-regression.ts';
import { midRanks, tieSizes } from './ranks.ts';
import { spearman } from './spearman.ts';

const x = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
const y = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
const tiedX = [12, 2, 1, 12, 2, 5, 5, 8, 9, 1];
const tiedY = [1, 4, 7, 1, 0, 7, 3, 2, 2, 6];
const samples = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });

describe('mid ranks', () => {
  it('share the ranks that equal values take up', () => {
    expect(Array.from(midRanks([30, 10, 20, 10]))).toEqual([4, 1.5, 3, 1.5]);
    expect(Array.from(midRanks([]))).toEqual([]);
    expect(tieSizes([30, 10, 20, 10])).toEqual([2, 1, 1]);
    expect(() => midRanks([1, Number.NaN])).toThrow(RangeError);
  });
});

describe("Spearman's correlation", () => {
  it('agrees with the reference, with ties too, and with Bonett and Wright’s interval', () => {
    const plain = spearman(x, y);
    expect(plain.estimate).toBeCloseTo(-0.17575757575757575, 12);
    expect(plain.pValue).toBeCloseTo(0.6271883447764846, 10);
    expect(plain.low).toBeCloseTo(-0.7278300282394071, 10);
    expect(plain.high).toBeCloseTo(0.5145466616329561, 10);
    const tied = spearman(tiedX, tiedY);
    expect(tied.estimate).toBeCloseTo(-0.5944300934137097, 12);
    expect(tied.pValue).toBeCloseTo(0.06993223452775334, 10);
  });

  it('does not change under a rising function, and turns its sign under a falling one', () => {
    const risen = spearman(
      x.map((v) => Math.exp(v / 10)),
      y,
    );
    expect(risen.estimate).toBe(spearman(x, y).estimate);
    const fallen = spearman(
      x.map((v) => -v),
      y,
    );
    expect(fallen.estimate).toBeCloseTo(-spearman(x, y).estimate, 12);
  });

  it('is certain of a perfect order', () => {
    expect(spearman([1, 2, 3, 4], [2, 4, 8, 16])).toEqual({ estimate: 1, low: 1, high: 1, pValue: 0 });
  });

  it('has bootstrap and Fisher intervals that agree on a large sample', () => {
    const random = pcg32(5);
    const a = Array.from({ length: 400 }, () => random.nextUnit());
    const b = a.map((v) => v + random.nextUnit());
    const fisher = spearman(a, b);
    const bootstrap = spearman(a, b, { interval: 'bootstrap', resamples: 1000 });
    expect(bootstrap.low).toBeCloseTo(fisher.low, 1);
    expect(bootstrap.high).toBeCloseTo(fisher.high, 1);
    expect(spearman(a, b, { interval: 'bootstrap', resamples: 1000 })).toEqual(bootstrap);
  });

  it('refuses what has no order', () => {
    expect(() => spearman([1, 1, 1, 1], [1, 2, 3, 4])).toThrow(RangeError);
    expect(() => spearman([1, 2, 3], [1, 2, 3])).toThrow(RangeError);
    expect(() => spearman([1, 2, 3, 4], [1, 2, 3])).toThrow(RangeError);
    expect(() => spearman([1, 2, 3, Number.NaN], [1, 2, 3, 4])).toThrow(RangeError);
  });
});

describe("Kendall's tau", () => {
  it('agrees with the reference: exact without ties, normal with them', () => {
    const plain = kendallTau(x, y);
    expect(plain.tau).toBeCloseTo(-0.1111111111111111, 12);
    expect(plain.pValue).toBeCloseTo(0.7274895282186948, 10);
    expect(plain.exact).toBe(true);
    const tied = kendallTau(tiedX, tiedY);
    expect(tied.tau).toBeCloseTo(-0.5542570966186618, 12);
    expect(tied.pValue).toBeCloseTo(0.03443563981274087, 10);
    expect(tied.exact).toBe(false);
  });

  it('is 1 for one order and −1 for the reverse, 2/n! apart from chance', () => {
    expect(kendallTau([1, 2, 3, 4], [1, 3, 5, 9])).toEqual({ tau: 1, pValue: 2 / 24, exact: true });
    expect(kendallTau([1, 2, 3, 4], [9, 5, 3, 1])).toEqual({ tau: -1, pValue: 2 / 24, exact: true });
  });

  it('refuses a constant side', () => {
    expect(() => kendallTau([1, 1], [1, 2])).toThrow(RangeError);
    expect(() => kendallTau([1], [1])).toThrow(RangeError);
  });
});

/** All ways to choose `size` of the places 0 … total − 1. */
function* choices(total: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) yield [];
  else
    for (let i = from; i <= total - size; i++)
      for (const rest of choices(total, size - 1, i + 1)) yield [i, ...rest];
}

describe('the two-sample Kolmogorov–Smirnov test', () => {
  it('agrees with the reference', () => {
    const a = [
      0.61, 0.29, 0.06, 0.59, -1.73, -0.74, 0.51, -0.56, 0.39, 1.64, 0.05, -0.06, 0.64, -0.82, 0.37, 1.77,
      1.09, -1.28, 2.36, 1.31, 1.05, -0.32, -0.4, 1.06, -2.47,
    ];
    const b = [1.9, 0.7, 2.2, -0.4, 1.32, 0.87, 2.9, 1.1, 0.47, 1.75];
    const small = kolmogorovSmirnov([1, 2, 3], [2.5, 3.5, 4.5, 5.5]);
    expect(small.statistic).toBeCloseTo(0.75, 12);
    expect(small.pValue).toBeCloseTo(0.22857142857142862, 12);
    expect(kolmogorovSmirnov(a, b).statistic).toBeCloseTo(0.52, 12);
    for (const [at, expected] of [
      [0.2, 0.999999999999495],
      [0.5, 0.9639452436648751],
      [0.8276, 0.49995841656354456],
      [1, 0.26999967167735456],
      [1.36, 0.049485876755377876],
      [2, 0.0006709252557796953],
    ] as const)
      expect(kolmogorovTail(at)).toBeCloseTo(expected, 12);
    expect(kolmogorovTail(0)).toBe(1);
  });

  it('counts what trying every division of the pooled sample counts, ties included', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const pooled = [...a, ...b];
        const gap = (first: readonly number[], second: readonly number[]) =>
          Math.max(
            ...pooled.map((v) =>
              Math.abs(
                first.filter((u) => u <= v).length * second.length -
                  second.filter((u) => u <= v).length * first.length,
              ),
            ),
          );
        let reached = 0;
        let all = 0;
        for (const chosen of choices(pooled.length, a.length)) {
          all++;
          const first = chosen.map((i) => pooled[i] ?? 0);
          const second = pooled.filter((_, i) => !chosen.includes(i));
          if (gap(first, second) >= gap(a, b)) reached++;
        }
        expect(kolmogorovSmirnov(a, b).pValue).toBeCloseTo(reached / all, 10);
      }),
      { numRuns: 60 },
    );
  });

  it('nears its limit as the samples grow, and is blind to their order', () => {
    const random = pcg32(8);
    const a = Array.from({ length: 900 }, () => random.nextUnit());
    const b = Array.from({ length: 1000 }, () => random.nextUnit() ** 1.05);
    const exact = kolmogorovSmirnov(a, b);
    expect(exact.exact).toBe(true);
    const limit = kolmogorovTail(Math.sqrt((900 * 1000) / 1900) * exact.statistic);
    expect(exact.pValue).toBeCloseTo(limit, 1);
    expect(kolmogorovSmirnov(b, a).pValue).toBeCloseTo(exact.pValue, 10);
    const more = kolmogorovSmirnov([...a, ...a], b);
    expect(more.exact).toBe(false);
    expect(more.statistic).toBeCloseTo(exact.statistic, 12);
  });

  it('sees no gap between equal samples and the widest between separate ones', () => {
    expect(kolmogorovSmirnov([1, 2, 2], [1, 2, 2])).toEqual({ statistic: 0, pValue: 1, exact: true });
    expect(kolmogorovSmirnov([1, 2, 3], [4, 5, 6])).toMatchObject({ statistic: 1 });
    expect(kolmogorovSmirnov([1, 2, 3], [4, 5, 6]).pValue).toBeCloseTo(2 / 20, 12);
  });

  it('refuses empty samples and what is not a number', () => {
    expect(() => kolmogorovSmirnov([], [1])).toThrow(RangeError);
    expect(() => kolmogorovSmirnov([1], [Number.NaN])).toThrow(RangeError);
    expect(() => kolmogorovTail(-1)).toThrow(RangeError);
  });
});

describe('the straight line', () => {
  it("is Anscombe's: 3 + .5 x with the reference's error and interval", () => {
    const line = linearRegression(
      [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
      [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
    );
    expect(line.slope).toBeCloseTo(0.5000909090909091, 12);
    expect(line.intercept).toBeCloseTo(3.0000909090909103, 12);
    expect(line.standardError).toBeCloseTo(0.11790550059563408, 12);
    expect(line.pValue).toBeCloseTo(0.0021696288730787905, 12);
    expect(line.rSquared).toBeCloseTo(0.8164205163448399 ** 2, 12);
    expect(line.low).toBeCloseTo(0.2333701363851875, 10);
    expect(line.high).toBeCloseTo(0.7668116817966308, 10);
  });

  it('meets points on a line exactly', () => {
    expect(linearRegression([0, 1, 2], [1, 3, 5])).toMatchObject({ slope: 2, intercept: 1, low: 2, high: 2 });
    expect(linearRegression([0, 1, 2], [4, 4, 4])).toMatchObject({ slope: 0, pValue: 1, rSquared: 1 });
  });

  it('refuses a constant x and too few points', () => {
    expect(() => linearRegression([1, 1, 1], [1, 2, 3])).toThrow(RangeError);
    expect(() => linearRegression([1, 2], [1, 2])).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { holm } from './holm.ts';
import { mean, sampleVariance } from './mean.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';
import { pairedRandomizationTest } from './paired-randomization.ts';
import { studentTQuantile, tInterval } from './student-t.ts';

/** Extra hours of sleep, drug 2 minus drug 1 (Student 1908; R's `sleep`). */
const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, 0.8, 4.6, 1.4];
/** Height differences of crossed and self-fertilised maize in eighths of an inch (Darwin 1876; Fisher 1935). */
const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

describe('the normal distribution', () => {
  it('agrees with tables in the middle and in the tails', () => {
    expect(normalCdf(0)).toBeCloseTo(0.5, 14);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalCdf(-6) / 9.865876450376981e-10).toBeCloseTo(1, 10);
    expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489004, 12);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 9);
  });

  it('is inverted by its quantile', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-8, max: 1 - 1e-8, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
      }),
    );
  });
});

describe("Student's t", () => {
  it('agrees with the tables', () => {
    expect(studentTQuantile(0.975, 1)).toBeCloseTo(12.706204736, 8);
    expect(studentTQuantile(0.975, 9)).toBeCloseTo(2.262157163, 8);
    expect(studentTQuantile(0.995, 5)).toBeCloseTo(4.032142984, 8);
    expect(studentTQuantile(0.975, 1000)).toBeCloseTo(1.962339081, 8);
    expect(studentTQuantile(0.025, 9)).toBeCloseTo(-2.262157163, 8);
  });

  it('gives the published interval of the sleep data', () => {
    const { mean: centre, low, high } = tInterval(sleep);
    expect(centre).toBeCloseTo(1.58, 12);
    expect(low).toBeCloseTo(0.7001142, 6);
    expect(high).toBeCloseTo(2.4598858, 6);
  });

  it('refuses what has no interval', () => {
    expect(() => tInterval([1])).toThrow(RangeError);
    expect(() => tInterval([1, Number.NaN])).toThrow(RangeError);
    expect(() => tInterval([1, 2], 1)).toThrow(RangeError);
    expect(() => mean([])).toThrow(RangeError);
    expect(sampleVariance([1, 2, 3, 4])).toBeCloseTo(5 / 3, 14);
  });
});

describe('the paired randomization test', () => {
  it("gives Fisher's exact count for Darwin's maize: 1,726 of 32,768", () => {
    expect(pairedRandomizationTest(darwin)).toBe(1726 / 32768);
  });

  it('gives 2/2ⁿ when all differences have one sign, whatever zeros stand between', () => {
    expect(pairedRandomizationTest([1, 0, 2, 0, 3, 4])).toBe(2 / 16);
    expect(pairedRandomizationTest([0, 0])).toBe(1);
    expect(pairedRandomizationTest([])).toBe(1);
  });

  it('samples near the exact answer beyond what can be tried', () => {
    // 20 equal differences: the exact tail is binomial, 2·P(X ≥ 15 of 20) = 0.041389…
    const differences = Array.from({ length: 20 }, (_, i) => (i < 15 ? 0.1 : -0.1));
    expect(pairedRandomizationTest(differences, { permutations: 100_000 })).toBeCloseTo(0.0413895, 2);
  });

  it('is the same again under one seed, blind to sign and scale, and never 0', () => {
    const random = pcg32(3);
    const differences = Array.from({ length: 50 }, () => random.nextUnit() - 0.3);
    const p = pairedRandomizationTest(differences, { seed: 5 });
    expect(pairedRandomizationTest(differences, { seed: 5 })).toBe(p);
    const scaled = differences.map((d) => -1000 * d);
    expect(pairedRandomizationTest(scaled, { seed: 5 })).toBe(p);
    expect(pairedRandomizationTest(new Array(100).fill(1))).toBe(1 / 10_001);
  });

  it('refuses what is not a number', () => {
    expect(() => pairedRandomizationTest([Number.NaN])).toThrow(RangeError);
    expect(() => pairedRandomizationTest([1], { permutations: 0 })).toThrow(RangeError);
  });
});

describe('the paired bootstrap', () => {
  it('agrees with the exact distribution over all resamples of two pairs', () => {
    // Means of resamples of {0, 1}: 0, ½, 1 with ¼, ½, ¼, so the middle 40 % is ½ alone and 95 % is everything.
    expect(pairedBootstrap([0, 1], { level: 0.4 })).toEqual({ mean: 0.5, low: 0.5, high: 0.5 });
    expect(pairedBootstrap([0, 1])).toEqual({ mean: 0.5, low: 0, high: 1 });
  });

  it('approaches the normal interval of a large sample', () => {
    const random = pcg32(11);
    const n = 2000;
    const values = Array.from({ length: n }, () => random.nextUnit());
    for (const interval of ['percentile', 'bca'] as const) {
      const found = pairedBootstrap(values, { resamples: 20_000, interval });
      const half = 1.959964 * Math.sqrt(sampleVariance(values) / n);
      expect(found.low).toBeCloseTo(mean(values) - half, 3);
      expect(found.high).toBeCloseTo(mean(values) + half, 3);
    }
  });

  it('corrected, is near the interval of all 823,543 resamples of seven pairs, counted in NumPy by Efron’s formula', () => {
    const seven = [0.1, 0.2, 0.4, 0.9, 2.5, -0.3, 0.05];
    for (const [level, low, high] of [
      [0.9, 0.15, 1.35],
      [0.95, 0.107143, 1.571429],
    ] as const) {
      const found = pairedBootstrap(seven, { interval: 'bca', resamples: 200_000, level });
      expect(Math.abs(found.low - low)).toBeLessThan(0.01);
      expect(Math.abs(found.high - high)).toBeLessThan(0.03);
    }
  });

  it('corrected, reaches further into the long tail of a skewed sample', () => {
    const skewed = [0, 0, 0, 0, 0.1, 0.1, 0.2, 0.2, 0.4, 3];
    const plain = pairedBootstrap(skewed);
    const corrected = pairedBootstrap(skewed, { interval: 'bca' });
    expect(corrected.low).toBeGreaterThan(plain.low);
    expect(corrected.high).toBeGreaterThan(plain.high);
  });

  it('holds its mean, is the same again under one seed, and is a point for equal differences', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (values) => {
          const options = { resamples: 200, level: 0.99 } as const;
          const { mean: centre, low, high } = pairedBootstrap(values, options);
          expect(low).toBeLessThanOrEqual(high);
          expect(centre).toBe(mean(values));
          expect(pairedBootstrap(values, options)).toEqual({ mean: centre, low, high });
        },
      ),
      { numRuns: 50 },
    );
    expect(pairedBootstrap([2, 2, 2], { interval: 'bca' })).toEqual({ mean: 2, low: 2, high: 2 });
  });

  it('refuses what cannot be resampled', () => {
    expect(() => pairedBootstrap([])).toThrow(RangeError);
    expect(() => pairedBootstrap([1, Number.POSITIVE_INFINITY])).toThrow(RangeError);
    expect(() => pairedBootstrap([1], { level: 0 })).toThrow(RangeError);
    expect(() => pairedBootstrap([1], { resamples: 0 })).toThrow(RangeError);
  });
});

describe("Holm's adjustment", () => {
  it('gives the textbook values in the order given', () => {
    const close = (values: number[]) => values.map((value) => Number(value.toFixed(12)));
    expect(close(holm([0.01, 0.04, 0.03, 0.005]))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(close(holm([0.01, 0.02, 0.03, 0.04, 0.05]))).toEqual([0.05, 0.08, 0.09, 0.09, 0.09]);
    expect(holm([])).toEqual([]);
  });

  it('lies between the plain value and Bonferroni, and keeps the order', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(probability, { minLength: 1, maxLength: 12 }), (ps) => {
        const adjusted = holm(ps);
        for (const [i, p] of ps.entries()) {
          const q = adjusted[i] ?? Number.NaN;
          expect(q).toBeGreaterThanOrEqual(p);
          expect(q).toBeLessThanOrEqual(Math.min(1, ps.length * p));
          for (const [j, other] of ps.entries())
            if (p < other) expect(q).toBeLessThanOrEqual(adjusted[j] ?? -1);
        }
      }),
    );
  });

  it('refuses what is no probability', () => {
    expect(() => holm([0.5, 1.5])).toThrow(RangeError);
  });
});

// Reference values of this file: SciPy 1.17 (scipy.special, scipy.stats.binom, binomtest), unless said otherwise.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { incompleteBeta, logGamma } from './beta.ts';
import { binomialCdf, binomialPmf, binomialQuantile, logChoose } from './binomial.ts';
import { maxOfKNull } from './max-of-k-null.ts';
import { mcnemarExact } from './mcnemar.ts';
import { studentTCdf } from './student-t.ts';
import { wilson } from './wilson.ts';

const trials = fc.integer({ min: 1, max: 300 });
const probability = fc.double({ min: 0, max: 1, noNaN: true });

/** Relative agreement, for numbers of any size. */
const expectClose = (found: number, expected: number, relative = 1e-10) =>
  expect(Math.abs(found / expected - 1)).toBeLessThan(relative);

describe('the gamma and beta functions', () => {
  it('agree with the reference, for shapes from a tenth to a million', () => {
    expectClose(logGamma(0.5), 0.5 * Math.log(Math.PI));
    expectClose(logGamma(1e5), 1051287.7089736569);
    expectClose(logGamma(1e-3), 6.907178885383853);
    expectClose(incompleteBeta(0.3, 2, 5), 0.579825);
    expectClose(incompleteBeta(0.9, 0.5, 0.5), 0.7951672353008665);
    expectClose(incompleteBeta(0.999, 50, 0.5), 0.7523690199653766);
    expectClose(incompleteBeta(0.5, 5000, 5100), 0.8401528708121381);
    expectClose(incompleteBeta(0.2, 2e5, 8e5), 0.500199471172616, 1e-8);
    expectClose(incompleteBeta(1e-3, 0.1, 30), 0.7371893001109395);
  });

  it("give Student's distribution on both sides, far into the tail", () => {
    expectClose(studentTCdf(2, 9), 0.9617235881146495);
    expectClose(studentTCdf(-3.5, 4), 0.012448081730111374);
    expectClose(studentTCdf(0.1, 1), 0.5317255174305535);
    expectClose(studentTCdf(-8, 30), 3.1329112378503795e-9);
  });

  it('refuse what they are not defined for', () => {
    expect(() => logGamma(0)).toThrow(RangeError);
    expect(() => incompleteBeta(Number.NaN, 1, 1)).toThrow(RangeError);
    expect(() => incompleteBeta(0.5, 0, 1)).toThrow(RangeError);
    expect(() => studentTCdf(Number.NaN, 3)).toThrow(RangeError);
    expect(() => studentTCdf(1, 0)).toThrow(RangeError);
  });
});

describe('the binomial distribution', () => {
  it('agrees with the reference', () => {
    expectClose(binomialPmf(3, 10, 0.3), 0.266827932);
    expectClose(binomialPmf(70, 88, 0.78), 0.09857973835038454);
    expectClose(binomialCdf(70, 88, 0.78), 0.6770407160001989);
    expectClose(binomialCdf(0, 20, 0.1), 0.12157665459056925);
    expectClose(binomialPmf(5000, 10_000, 0.51), 0.0010793603893894633, 1e-9);
    expectClose(binomialCdf(5000, 10_000, 0.51), 0.023281712519269027, 1e-9);
    expect(binomialQuantile(0.5, 88, 0.78)).toBe(69);
    expect(binomialQuantile(0.975, 442, 0.803)).toBe(371);
    expect(binomialQuantile(0.01, 20, 0.1)).toBe(0);
    expect(Math.exp(logChoose(52, 5))).toBeCloseTo(2_598_960, 4);
  });

  it('sums its masses to its distribution, and its masses to one', () => {
    fc.assert(
      fc.property(trials, probability, fc.nat(300), (n, p, k) => {
        let sum = 0;
        for (let i = 0; i <= Math.min(k, n); i++) sum += binomialPmf(i, n, p);
        expect(binomialCdf(k, n, p)).toBeCloseTo(sum, 10);
      }),
      { numRuns: 100 },
    );
  });

  it('is inverted by its quantile', () => {
    fc.assert(
      fc.property(trials, fc.double({ min: 0.01, max: 0.99, noNaN: true }), probability, (n, p, q) => {
        const k = binomialQuantile(q, n, p);
        expect(binomialCdf(k, n, p)).toBeGreaterThanOrEqual(q);
        if (k > 0) expect(binomialCdf(k - 1, n, p)).toBeLessThan(q);
      }),
      { numRuns: 100 },
    );
  });

  it('is certain where nothing is left to chance', () => {
    expect(binomialPmf(0, 5, 0)).toBe(1);
    expect(binomialPmf(5, 5, 1)).toBe(1);
    expect(binomialPmf(2.5, 5, 0.5)).toBe(0);
    expect(binomialCdf(-1, 5, 0.5)).toBe(0);
    expect(binomialCdf(5, 5, 0.5)).toBe(1);
    expect(binomialCdf(0, 0, 0.5)).toBe(1);
  });

  it('refuses counts and chances out of range', () => {
    expect(() => binomialCdf(1, -1, 0.5)).toThrow(RangeError);
    expect(() => binomialCdf(1, 2.5, 0.5)).toThrow(RangeError);
    expect(() => binomialPmf(1, 2, 1.5)).toThrow(RangeError);
    expect(() => binomialQuantile(2, 2, 0.5)).toThrow(RangeError);
    expect(() => logChoose(3, 4)).toThrow(RangeError);
  });
});

describe("Wilson's interval", () => {
  it('agrees with the reference and with Newcombe 1998, 81 of 263', () => {
    const { mean, low, high } = wilson(81, 263);
    expect(mean).toBe(81 / 263);
    expect([low, high].map((x) => x.toFixed(4))).toEqual(['0.2553', '0.3662']);
    expectClose(wilson(355, 442).low, 0.7635558904105477);
    expectClose(wilson(355, 442).high, 0.8375546494412041);
    expectClose(wilson(0, 10).high, 0.27753279986288926);
    expectClose(wilson(10, 10).low, 0.7224672001371109);
  });

  it('contains the share, stays within [0, 1] and mirrors its complement', () => {
    fc.assert(
      fc.property(trials, fc.nat(300), (n, drawn) => {
        const k = drawn % (n + 1);
        const found = wilson(k, n);
        const mirrored = wilson(n - k, n);
        expect(found.low).toBeGreaterThanOrEqual(0);
        expect(found.low).toBeLessThanOrEqual(found.mean);
        expect(found.high).toBeGreaterThanOrEqual(found.mean);
        expect(found.high).toBeLessThanOrEqual(1);
        expect(found.low).toBeCloseTo(1 - mirrored.high, 12);
      }),
    );
  });

  it('refuses counts out of range', () => {
    expect(() => wilson(1, 0)).toThrow(RangeError);
    expect(() => wilson(3, 2)).toThrow(RangeError);
    expect(() => wilson(1, 2, 1)).toThrow(RangeError);
  });
});

describe("McNemar's exact test", () => {
  it('agrees with the reference', () => {
    expectClose(mcnemarExact(59, 6), 4.964650327128616e-12);
    expectClose(mcnemarExact(1, 9), 0.021484375);
    expectClose(mcnemarExact(12, 15), 0.7011080384254456);
    expectClose(mcnemarExact(0, 5), 0.0625);
  });

  it('is blind to the order of the classifiers, and certain of nothing when they never or equally disagree', () => {
    expect(mcnemarExact(9, 1)).toBe(mcnemarExact(1, 9));
    expect(mcnemarExact(0, 0)).toBe(1);
    expect(mcnemarExact(4, 4)).toBe(1);
  });

  it('refuses what is no count', () => {
    expect(() => mcnemarExact(-1, 2)).toThrow(RangeError);
    expect(() => mcnemarExact(1.5, 2)).toThrow(RangeError);
  });
});

describe('the best of k equally good models', () => {
  it('scores 80.5 % or more of 88 items with probability .956, eight models of 78 %: mean .841', () => {
    const best = maxOfKNull(88, 0.78, 8);
    expectClose(best.atLeast(0.805), 0.955851261642192);
    expectClose(best.mean, 0.8411356220138312);
    expectClose(best.quantile(0.5), 0.8409090909090909);
    expectClose(best.quantile(0.975), 0.8977272727272727);
  });

  it('is the binomial itself for one model', () => {
    const one = maxOfKNull(50, 0.3, 1);
    expect(one.mean).toBeCloseTo(0.3, 12);
    expect(one.atLeast(0.4)).toBeCloseTo(1 - binomialCdf(19, 50, 0.3), 12);
    expect(one.quantile(0.9)).toBe(binomialQuantile(0.9, 50, 0.3) / 50);
  });

  it('agrees with models that are thrown', () => {
    const random = pcg32(4);
    const best = maxOfKNull(40, 0.7, 5);
    const draws = 4000;
    let sum = 0;
    let reached = 0;
    for (let draw = 0; draw < draws; draw++) {
      let most = 0;
      for (let model = 0; model < 5; model++) {
        let right = 0;
        for (let item = 0; item < 40; item++) right += random.nextUnit() < 0.7 ? 1 : 0;
        most = Math.max(most, right);
      }
      sum += most / 40;
      reached += most >= 32 ? 1 : 0;
    }
    expect(sum / draws).toBeCloseTo(best.mean, 2);
    expect(Math.abs(reached / draws - best.atLeast(0.8))).toBeLessThan(0.03);
  });

  it('rises with the number of models and never leaves [0, 1]', () => {
    for (const k of [1, 2, 8, 100]) {
      const best = maxOfKNull(88, 0.78, k);
      expect(best.mean).toBeLessThan(maxOfKNull(88, 0.78, k + 1).mean);
      expect(best.atLeast(0)).toBe(1);
      expect(best.atLeast(1.1)).toBe(0);
    }
    expect(maxOfKNull(10, 1, 3).mean).toBe(1);
    expect(maxOfKNull(10, 0, 3).mean).toBe(0);
  });

  it('refuses designs that cannot be', () => {
    expect(() => maxOfKNull(0, 0.5, 1)).toThrow(RangeError);
    expect(() => maxOfKNull(10, 1.2, 1)).toThrow(RangeError);
    expect(() => maxOfKNull(10, 0.5, 0)).toThrow(RangeError);
    expect(() => maxOfKNull(10, 0.5, 1).quantile(-1)).toThrow(RangeError);
  });
});

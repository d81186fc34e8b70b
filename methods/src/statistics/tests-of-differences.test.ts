import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { pairedRandomizationTest } from './paired-randomization.ts';
import { simulatePower } from './power.ts';
import { signFlipTest } from './sign-flip.ts';
import { tInterval } from './student-t.ts';
import { tost } from './tost.ts';

/** Extra hours of sleep, drug 2 minus drug 1 (Student 1908; R's `sleep`). */
const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, 0.8, 4.6, 1.4];
/** Height differences of crossed and self-fertilised maize in eighths of an inch (Darwin 1876; Fisher 1935). */
const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

describe('the sign-flip test', () => {
  it("counts Fisher's 1,726 of 32,768 for Darwin's maize, half of them on one side", () => {
    expect(signFlipTest(darwin)).toEqual({ pValue: 1726 / 32_768, exact: true, assignments: 32_768 });
    expect(signFlipTest(darwin, { alternative: 'greater' }).pValue).toBe(863 / 32_768);
  });

  it('tries all assignments of 20 pairs: the tail of the binomial when the differences are equal', () => {
    const differences = Array.from({ length: 20 }, (_, i) => (i < 15 ? 0.1 : -0.1));
    // 2·P(X ≥ 15 of 20) = 2·21,700/2²⁰.
    expect(signFlipTest(differences)).toEqual({
      pValue: 43_400 / 2 ** 20,
      exact: true,
      assignments: 2 ** 20,
    });
  });

  it('samples beyond, the same again under one seed and near the exact answer', () => {
    const sampled = signFlipTest(darwin, { exactUpTo: 0, permutations: 100_000, seed: 2 });
    expect(sampled.exact).toBe(false);
    expect(Math.abs(sampled.pValue - 1726 / 32_768)).toBeLessThan(0.004);
    expect(signFlipTest(darwin, { exactUpTo: 0, permutations: 100_000, seed: 2 })).toEqual(sampled);
    expect(signFlipTest(new Array(30).fill(1)).pValue).toBe(1 / 10_001);
  });

  it('cannot reach .05 with 5 seeds and can with 6', () => {
    expect(signFlipTest([1, 2, 3, 4, 5]).pValue).toBe(0.0625);
    expect(signFlipTest([1, 2, 3, 4, 5, 6]).pValue).toBe(0.03125);
  });

  it('looks to one side when asked', () => {
    const differences = [1, 2, 3, -0.5];
    const { pValue: greater } = signFlipTest(differences, { alternative: 'greater' });
    const { pValue: less } = signFlipTest(differences, { alternative: 'less' });
    expect(greater).toBe(2 / 16);
    expect(less).toBe(15 / 16);
    expect(
      signFlipTest(
        differences.map((d) => -d),
        { alternative: 'less' },
      ).pValue,
    ).toBe(greater);
  });

  it('is the paired randomization test of retrieval', () => {
    expect(pairedRandomizationTest(sleep)).toBe(signFlipTest(sleep).pValue);
  });

  it('refuses what it cannot flip', () => {
    expect(() => signFlipTest([Number.NaN])).toThrow(RangeError);
    expect(() => signFlipTest([1], { exactUpTo: 30 })).toThrow(RangeError);
    expect(() => signFlipTest([1], { permutations: 0.5 })).toThrow(RangeError);
  });
});

describe('two one-sided tests', () => {
  it('give the p-values and the 90 % interval of SciPy 1.17 (two ttest_1samp) for the sleep data', () => {
    for (const [margin, expected] of [
      [1, 0.9149441145512885],
      [2, 0.15415723566909725],
      [3, 0.002655570292658665],
    ] as const) {
      const found = tost(sleep, { margin });
      expect(found.pValue).toBeCloseTo(expected, 10);
      expect(found.interval.low).toBeCloseTo(0.866994732970716, 10);
      expect(found.interval.high).toBeCloseTo(2.2930052670292835, 10);
      expect(found.equivalent).toBe(expected <= 0.05);
      expect(found.margin).toBe(margin);
    }
  });

  it('decide by their interval as by their p-value', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = pcg32(seed);
      const differences = Array.from({ length: 8 }, () => random.nextUnit() - 0.4);
      const found = tost(differences, { margin: 0.3 });
      expect(found.equivalent).toBe(found.pValue < 0.05);
      const { low, high } = tInterval(differences, 0.9);
      expect(found.interval.low).toBeCloseTo(low, 12);
      expect(found.interval.high).toBeCloseTo(high, 12);
    }
  });

  it('agree between the t and the bootstrap form on a large sample', () => {
    const random = pcg32(9);
    const differences = Array.from({ length: 1000 }, () => random.nextUnit() - 0.5);
    const t = tost(differences, { margin: 0.05 });
    const resampled = tost(differences, { margin: 0.05, form: 'bootstrap' });
    expect(resampled.equivalent).toBe(t.equivalent);
    expect(resampled.interval.low).toBeCloseTo(t.interval.low, 2);
    expect(resampled.interval.high).toBeCloseTo(t.interval.high, 2);
    expect(Math.abs(resampled.pValue - t.pValue)).toBeLessThan(0.01);
  });

  it('do not call a few noisy seeds equal, although they do not differ either', () => {
    expect(tost([0.3, -0.3, 0.2, -0.2], { margin: 0.1 }).equivalent).toBe(false);
    expect(signFlipTest([0.3, -0.3, 0.2, -0.2]).pValue).toBe(1);
  });

  it('leave nothing to chance when all differences are the same', () => {
    expect(tost([0.1, 0.1], { margin: 0.2 })).toMatchObject({ equivalent: true, pValue: 0 });
    expect(tost([0.2, 0.2], { margin: 0.2 })).toMatchObject({ equivalent: false, pValue: 1 });
  });

  it('refuse margins and samples that decide nothing', () => {
    expect(() => tost([1, 2], { margin: 0 })).toThrow(RangeError);
    expect(() => tost([1, 2], { margin: 1, alpha: 0.5 })).toThrow(RangeError);
    expect(() => tost([1], { margin: 1 })).toThrow(RangeError);
    expect(() => tost([1, Number.NaN], { margin: 1 })).toThrow(RangeError);
    expect(() => tost([1, 2], { margin: 1, form: 'bootstrap', resamples: 0 })).toThrow(RangeError);
  });
});

describe('power by simulation', () => {
  const draws = (shift: number) => (random: { nextUnit(): number }) =>
    Array.from({ length: 10 }, () => (random.nextUnit() < 0.5 + shift ? 1 : -1));
  const test = (differences: number[]) => signFlipTest(differences).pValue;

  it('is the test’s size when there is nothing to find, and the binomial tail when there is', () => {
    // Ten coins reach p ≤ .05 at 9 or more of a kind: 22/1024 fair, .1495 with heads at .7.
    const size = simulatePower(draws(0), test, { simulations: 2000 });
    expect(size.low).toBeLessThan(22 / 1024);
    expect(size.high).toBeGreaterThan(22 / 1024);
    const power = simulatePower(draws(0.2), test, { simulations: 2000 });
    expect(power.low).toBeLessThan(0.1495);
    expect(power.high).toBeGreaterThan(0.1495);
  });

  it('counts a p-value at the level as found, and none above it', () => {
    const found = (p: number, alpha?: number) =>
      simulatePower(
        () => p,
        (drawn) => drawn,
        alpha === undefined ? {} : { alpha },
      ).mean;
    expect([found(0.05), found(0.051), found(0.1, 0.1), found(0.051, 0.1)]).toEqual([1, 0, 1, 1]);
  });

  it('is the same again under one seed', () => {
    expect(simulatePower(draws(0.3), test, { simulations: 100, seed: 3 })).toEqual(
      simulatePower(draws(0.3), test, { simulations: 100, seed: 3 }),
    );
  });

  it('refuses a test that gives no probability', () => {
    expect(() =>
      simulatePower(
        () => 0,
        () => Number.NaN,
      ),
    ).toThrow(RangeError);
    expect(() =>
      simulatePower(
        () => 0,
        () => 1,
        { simulations: 0 },
      ),
    ).toThrow(RangeError);
    expect(() =>
      simulatePower(
        () => 0,
        () => 1,
        { alpha: 1 },
      ),
    ).toThrow(RangeError);
  });
});

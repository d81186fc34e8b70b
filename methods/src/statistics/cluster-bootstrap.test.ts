import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { clusterBootstrap } from './cluster-bootstrap.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';

/** About N(0, 1): the sum of twelve uniforms. */
function gaussians(seed: number): () => number {
  const random = pcg32(seed);
  return () => Array.from({ length: 12 }, () => random.nextUnit()).reduce((a, b) => a + b) - 6;
}

describe('the bootstrap of groups', () => {
  it('weighs groups alike whatever their length', () =>
    expect(clusterBootstrap([[1], [2, 2, 2, 5]]).mean).toBeCloseTo((1 + 2.75) / 2, 12));

  it('with groups of one is the bootstrap of their values', () => {
    const next = gaussians(1);
    const values = Array.from({ length: 40 }, next);
    const plain = pairedBootstrap(values);
    const grouped = clusterBootstrap(
      values.map((value) => [value]),
      { resamples: 10_000 },
    );
    expect(grouped.low).toBeCloseTo(plain.low, 1);
    expect(grouped.high).toBeCloseTo(plain.high, 1);
  });

  it('is as wide as the groups differ, which a bootstrap of the members alone would hide', () => {
    const next = gaussians(2);
    const groups = Array.from({ length: 8 }, () => {
      const shift = next();
      return Array.from({ length: 100 }, () => shift + 0.1 * next());
    });
    const grouped = clusterBootstrap(groups);
    const members = pairedBootstrap(groups.flat());
    expect(grouped.high - grouped.low).toBeGreaterThan(5 * (members.high - members.low));
    // 1.96·s/√8 of the group means, to a third: few groups make a bootstrap rough.
    const means = groups.map((group) => group.reduce((a, b) => a + b) / group.length);
    const centre = means.reduce((a, b) => a + b) / 8;
    const spread = Math.sqrt(means.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 7 / 8);
    expect((grouped.high - grouped.low) / (2 * 1.96 * spread)).toBeGreaterThan(0.67);
    expect((grouped.high - grouped.low) / (2 * 1.96 * spread)).toBeLessThan(1.33);
  });

  it('refuses nothing, empty groups and what is not a number', () => {
    expect(() => clusterBootstrap([])).toThrow(RangeError);
    expect(() => clusterBootstrap([[1], []])).toThrow(RangeError);
    expect(() => clusterBootstrap([[1], [Number.NaN]])).toThrow(RangeError);
    expect(() => clusterBootstrap([[1]], { resamples: 0 })).toThrow(RangeError);
    expect(() => clusterBootstrap([[1]], { level: 1 })).toThrow(RangeError);
  });
});

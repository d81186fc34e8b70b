import { describe, expect, it } from 'vitest';
import { unlearningReport } from './unlearning-report.ts';

const retrained = { FA: 0, RA: 1, TFA: 0, TRA: 0.95, knn: { forgotten: 0.75, downstream: 0.7 } };

describe('a report on unlearning', () => {
  it('multiplies the closeness of the answers, and that of the features', () => {
    const unlearned = { FA: 0.1, RA: 0.9, TFA: 0.2, TRA: 0.95, knn: { forgotten: 0.95, downstream: 0.6 } };
    const { AGL, AGR, HLR } = unlearningReport(unlearned, retrained, 0.5);
    expect(AGL).toBeCloseTo(0.9 * 0.9 * 0.8, 12);
    expect(AGR).toBeCloseTo(0.8 * 0.9 * 0.5, 12);
    expect(1 / HLR).toBeCloseTo((1 / AGL + 1 / AGR) / 2, 12);
  });

  it('is 1 throughout for the retrained model itself', () => {
    expect(unlearningReport(retrained, retrained, 1)).toEqual({ AGL: 1, AGR: 1, HLR: 1 });
  });

  it('is not fooled by answers alone: a masked head is perfect by AGL and not by AGR', () => {
    const masked = { ...retrained, knn: { forgotten: 0.95, downstream: 0.92 } };
    const { AGL, AGR } = unlearningReport(masked, retrained, 0.5);
    expect(AGL).toBe(1);
    expect(AGR).toBeLessThan(0.4);
  });

  it('passes on what diverged, and refuses models measured on different sets', () => {
    expect(unlearningReport({ ...retrained, FA: Number.NaN }, retrained, 1).AGL).toBeNaN();
    expect(() => unlearningReport({ ...retrained, knn: { forgotten: 1 } }, retrained, 1)).toThrow(RangeError);
    expect(() => unlearningReport({ ...retrained, knn: { forgotten: 1, other: 1 } }, retrained, 1)).toThrow(
      RangeError,
    );
  });
});

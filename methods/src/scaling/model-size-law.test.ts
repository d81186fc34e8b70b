import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveParameters, fitLossPowerLaw, lossOfSize, repetitionBand } from './model-size-law.ts';

describe('the law of model size', () => {
  it('is recovered from losses that follow it, and reads every size back', () => {
    const laws = fc.record({
      exponent: fc.double({ min: 0.02, max: 1, noNaN: true }),
      scale: fc.double({ min: 1e3, max: 1e14, noNaN: true }),
    });
    fc.assert(
      fc.property(laws, (law) => {
        const sizes = [1e4, 3e4, 1e5, 7e5];
        const fit = fitLossPowerLaw(
          sizes,
          sizes.map((size) => lossOfSize(size, law)),
        );
        expect(fit.exponent).toBeCloseTo(law.exponent, 9);
        for (const size of sizes) {
          expect(effectiveParameters(lossOfSize(size, fit), fit) / size).toBeCloseTo(1, 8);
        }
      }),
    );
  });

  it('gives half the size for the loss of a model half as large', () => {
    const law = fitLossPowerLaw([2e8, 4e8, 8e8], [2.42, 2.2, 2]);
    expect(effectiveParameters(2.2, law) / 8e8).toBeCloseTo(0.5, 10);
  });

  it('refuses what has no law or no inverse', () => {
    expect(() => fitLossPowerLaw([1e4, 1e4, 1e4], [2, 3, 4])).toThrow(RangeError);
    expect(() => fitLossPowerLaw([1e4, 1e5, 1e6], [2])).toThrow(RangeError);
    expect(() => fitLossPowerLaw([1e4, 1e5, 1e6], [2, 3, Number.NaN])).toThrow(RangeError);
    expect(() => effectiveParameters(0, { exponent: 0.1, scale: 1e8 })).toThrow(RangeError);
    expect(() => effectiveParameters(2, fitLossPowerLaw([1e4, 1e5, 1e6], [2, 3, 4]))).toThrow(
      'falls with size',
    );
  });

  it('puts the damaged band of a model of 800 million between about 43 and 1,800 epochs', () => {
    const { from, to } = repetitionBand(8e8);
    expect(from).toBeCloseTo(43.4, 0);
    expect(to).toBeCloseTo(1803, 0);
    const small = repetitionBand(1e5);
    expect([small.from, small.to].map((edge) => Number(edge.toPrecision(2)))).toEqual([6700, 160_000]);
  });
});

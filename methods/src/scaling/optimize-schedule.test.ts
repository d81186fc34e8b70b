import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { type AnnealingLaw, predictLoss } from './annealing-law.ts';
import { optimizeDecay, optimizeSchedule } from './optimize-schedule.ts';

describe('the best schedule under the law', () => {
  const law: AnnealingLaw = { L0: 2.5, A: 0.6, alpha: 0.45, C: 0.4, lambda: 0.9 };

  it('is a cliff that no nudge of any rate improves', () => {
    const { learningRates, loss, fallsAt } = optimizeSchedule(law, { total: 60, peak: 0.1, lowest: 0.01 });
    expect(fallsAt).toBeGreaterThan(1);
    expect(fallsAt).toBeLessThan(60);
    expect(predictLoss(law, { learningRates }).at(-1)).toBeCloseTo(loss, 12);
    for (const [i, rate] of learningRates.entries()) {
      for (const nudged of [rate - 1e-3, rate + 1e-3].filter((each) => each >= 0.01 && each <= 0.1)) {
        expect(predictLoss(law, { learningRates: learningRates.with(i, nudged) }).at(-1)).toBeGreaterThan(
          loss,
        );
      }
    }
  });

  it('beats 300 random schedules', () => {
    const random = pcg32(1);
    const { loss } = optimizeSchedule(law, { total: 30, peak: 0.1 });
    for (let i = 0; i < 300; i++) {
      const learningRates = Float64Array.from({ length: 30 }, () => 0.1 * random.nextUnit());
      expect(predictLoss(law, { learningRates }).at(-1)).toBeGreaterThan(loss);
    }
  });

  it('of one that must fall in a line is at no loss higher than any share tried, and above the cliff', () => {
    const options = { total: 200, peak: 0.1, minRatio: 0, shape: 'linear' } as const;
    const best = optimizeDecay(law, options);
    const alone = optimizeDecay(law, { ...options, tries: 1 });
    expect(alone.fallsAt).toBe(0);
    expect(best.loss).toBeLessThan(alone.loss);
    expect(best.loss).toBeGreaterThan(optimizeSchedule(law, options).loss);
  });

  it('without annealing never falls', () =>
    expect(optimizeSchedule({ ...law, C: 0 }, { total: 50, peak: 1 }).fallsAt).toBe(50));

  it('refuses a schedule without steps or rates', () => {
    expect(() => optimizeSchedule(law, { total: 0, peak: 1 })).toThrow(RangeError);
    expect(() => optimizeSchedule(law, { total: 5, peak: 0 })).toThrow(RangeError);
    expect(() => optimizeSchedule(law, { total: 5, peak: 1, lowest: 2 })).toThrow(RangeError);
  });
});

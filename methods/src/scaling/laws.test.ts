import { describe, expect, it } from 'vitest';
import { cosine } from '../schedules/schedule.ts';
import { warmupStableDecay } from '../schedules/warmup-stable-decay.ts';
import { type AnnealingLaw, fitAnnealingLaw, predictLoss } from './annealing-law.ts';
import { fitMultiPowerLaw, type MultiPowerLaw, predictMultiPowerLoss } from './multi-power-law.ts';
import type { ScheduledCurve } from './scheduled-curve.ts';
import { fitStepsLaw, predictLossAtSteps } from './steps-law.ts';
import { expectClose } from './testing/expect-close.ts';

const total = 3000;
const warmup = 200;
const scheduleOf = (step: (s: number) => number) =>
  Float64Array.from({ length: total + 1 }, (_, s) => (s < warmup ? s / warmup : step(s - warmup)) * 1e-3);
const falling = scheduleOf(cosine({ peak: 1, steps: total - warmup, minRatio: 0.1 }));
const staying = scheduleOf(() => 1);
const late = scheduleOf(warmupStableDecay({ peak: 1, total: total - warmup, decayFraction: 0.2 }));
const taken = Array.from({ length: 140 }, (_, i) => 210 + 20 * i);
const curve = (learningRates: Float64Array, lossAt: (step: number) => number): ScheduledCurve => ({
  learningRates,
  warmup,
  steps: taken,
  losses: taken.map(lossAt),
});

describe('the annealing law', () => {
  const law: AnnealingLaw = { L0: 2.5, A: 0.6, alpha: 0.45, C: 0.5, lambda: 0.995 };
  const curveOf = (learningRates: Float64Array) => {
    const predicted = predictLoss(law, { learningRates, warmup });
    return curve(learningRates, (step) => predicted[step] ?? 0);
  };

  it('is found again from two curves that follow it', () => {
    const fitted = fitAnnealingLaw([curveOf(falling), curveOf(staying)], { lambda: 0.995 });
    for (const name of ['L0', 'A', 'alpha', 'C'] as const) expect(fitted[name]).toBeCloseTo(law[name], 4);
  });

  it('in other units of the rate has A·c^α and C/c: losses stay', () => {
    const scaled: AnnealingLaw = { ...law, A: law.A * 10 ** law.alpha, C: law.C / 10 };
    expectClose(
      predictLoss(scaled, { learningRates: falling.map((rate) => 10 * rate), warmup }).subarray(1),
      predictLoss(law, { learningRates: falling, warmup }).subarray(1),
    );
  });

  it('without S2 has no C, and cannot tell two schedules of one area apart', () => {
    const alone = fitAnnealingLaw([curveOf(falling), curveOf(staying)], { annealing: false });
    expect(alone.C).toBe(0);
    const reordered = (learningRates: Float64Array) => predictLoss(alone, { learningRates }).at(-1);
    expect(reordered(falling)).toBeCloseTo(reordered(falling.toReversed()) ?? 0, 12);
  });

  it('fitted where nothing is annealed finds no C either', () =>
    expect(fitAnnealingLaw([curve(staying, (step) => 3 + 1 / step)]).C).toBe(0));

  it('has no finite loss before the first movement', () =>
    expect(predictLoss(law, { learningRates: falling, warmup })[0]).toBe(Number.POSITIVE_INFINITY));

  it('refuses a curve that does not fit its schedule', () => {
    const good = curveOf(falling);
    expect(() => fitAnnealingLaw([])).toThrow(RangeError);
    expect(() => fitAnnealingLaw([{ ...good, steps: taken.with(0, total + 1) }])).toThrow(RangeError);
    expect(() => fitAnnealingLaw([{ ...good, losses: taken.slice(1) }])).toThrow(RangeError);
    expect(() => fitAnnealingLaw([{ ...good, losses: taken.with(3, 0) }])).toThrow(RangeError);
  });
});

describe('the laws it is compared with', () => {
  it('a power of the steps is found again', () => {
    const fitted = fitStepsLaw([curve(falling, (step) => 2 + 9 * step ** -0.5)]);
    expectClose([fitted.L0, fitted.A, fitted.alpha], [2, 9, 0.5], 4);
    expectClose(predictLossAtSteps(fitted, [100]), [2.9], 4);
    expect(() => fitStepsLaw([{ learningRates: [1], steps: [0], losses: [3] }])).toThrow('step 0');
  });

  const law: MultiPowerLaw = { L0: 2.5, A: 0.6, alpha: 0.45, B: 300, C: 2, beta: 0.6, gamma: 0.6 };

  it('the multi-power law is its sum as written', () => {
    const learningRates = [0, 1, 1, 0.5, 0.25, 0.25];
    const { L0, A, alpha, B, C, beta, gamma } = law;
    const worth = (rate: number, area: number) => 1 - (1 + C * rate ** -gamma * area) ** -beta;
    expectClose(predictMultiPowerLoss(law, { learningRates, warmup: 1 }, [1, 5], { resolution: 1 }), [
      L0 + A,
      L0 + A * 3 ** -alpha - B * (0.5 * worth(0.5, 1) + 0.25 * worth(0.25, 0.5)),
    ]);
    expect(() => predictMultiPowerLoss(law, { learningRates }, [6])).toThrow(RangeError);
  });

  it('gathering falls over a few steps changes little, and a sudden fall nothing', () => {
    const at = (learningRates: Float64Array, resolution: number) =>
      predictMultiPowerLoss(law, { learningRates, warmup }, taken, { resolution });
    const exact = at(falling, 1);
    const difference = (resolution: number) =>
      Math.max(...at(falling, resolution).map((loss, i) => Math.abs(loss - (exact[i] ?? 0))));
    expect(difference(32)).toBeLessThan(1e-3);
    expect(difference(8)).toBeLessThan(difference(32) / 3);
    const sudden = scheduleOf((step) => (step < 1111 ? 1 : 0.2));
    expectClose(at(sudden, 64), at(sudden, 1), 12);
  });

  it('fits its own curves', () => {
    const curveOf = (learningRates: Float64Array) => {
      const losses = predictMultiPowerLoss(law, { learningRates, warmup }, taken);
      return { learningRates, warmup, steps: taken, losses };
    };
    const fitted = fitMultiPowerLaw([curveOf(falling), curveOf(staying)]);
    const predicted = predictMultiPowerLoss(fitted, { learningRates: late, warmup }, taken);
    const { losses } = curveOf(late);
    for (const [i, loss] of losses.entries())
      expect(Math.abs((predicted[i] ?? 0) / loss - 1)).toBeLessThan(5e-3);
  });
});

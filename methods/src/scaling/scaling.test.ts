import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { cosine } from '../schedules/schedule.ts';
import { warmupStableDecay } from '../schedules/warmup-stable-decay.ts';
import { annealingArea, forwardArea } from './annealing-area.ts';
import { type AnnealingLaw, fitAnnealingLaw, predictLoss } from './annealing-law.ts';
import { huberLogFit } from './huber-log-fit.ts';
import { linearStart } from './linear-start.ts';
import { fitMultiPowerLaw, type MultiPowerLaw, predictMultiPowerLoss } from './multi-power-law.ts';
import { optimizeDecay, optimizeSchedule } from './optimize-schedule.ts';
import type { ScheduledCurve } from './scheduled-curve.ts';
import { solvePositiveDefinite } from './solve-positive-definite.ts';
import { fitStepsLaw, predictLossAtSteps } from './steps-law.ts';

const rates = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
const lambdas = fc.double({ min: 0, max: 0.99, noNaN: true });

const expectClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 9): void => {
  expect(actual).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i] ?? Number.NaN, digits);
};

describe('the two areas', () => {
  it('are those worked out by hand for a short schedule', () => {
    const schedule = [1, 1, 0.5, 0.25, 0.25, 0.1];
    expectClose(forwardArea(schedule), [1, 2, 2.5, 2.75, 3, 3.1]);
    expectClose(annealingArea(schedule, { lambda: 0.9 }), [0, 0, 0.5, 1.2, 1.83, 2.547]);
  });

  it('of a constant rate hold no annealing', () =>
    expect([...annealingArea(new Float64Array(50).fill(0.3))]).toEqual(new Array(50).fill(0)));

  it('agree with the double sum Σ_k (η_{k−1} − η_k)(1 − λ^{s−k+1})/(1 − λ)', () => {
    fc.assert(
      fc.property(rates, lambdas, (schedule, lambda) => {
        const expected = schedule.map((_, s) => {
          let sum = 0;
          for (let k = 1; k <= s; k++)
            sum +=
              (((schedule[k - 1] ?? 0) - (schedule[k] ?? 0)) * (1 - lambda ** (s - k + 1))) / (1 - lambda);
          return sum;
        });
        expectClose(annealingArea(schedule, { lambda }), expected);
      }),
    );
  });

  it('are linear in the schedule', () => {
    fc.assert(
      fc.property(rates, lambdas, fc.double({ min: 0, max: 9, noNaN: true }), (schedule, lambda, factor) => {
        const scaled = schedule.map((rate) => factor * rate);
        const other = schedule.map((_, i) => Math.sin(i) ** 2);
        const sum = scaled.map((rate, i) => rate + (other[i] ?? 0));
        for (const area of [forwardArea, (each: number[]) => annealingArea(each, { lambda })]) {
          const otherArea = area(other);
          const expected = area(schedule).map((value, i) => factor * value + (otherArea[i] ?? 0));
          expectClose(area(sum), expected);
        }
      }),
    );
  });

  it('at twice the resolution with half the rates hold the same S1, and S2 in the limit', () => {
    const sampled = (steps: number) =>
      Float64Array.from({ length: steps }, (_, i) => cosine({ peak: 1 / steps, steps })(i));
    const [coarse, fine] = [sampled(4000), sampled(8000)];
    expect(forwardArea(fine).at(-1)).toBeCloseTo(forwardArea(coarse).at(-1) ?? 0, 3);
    // The memory of 1/(1 − λ) steps lasts as long when the step is half as long: λ becomes √λ.
    const s2 = annealingArea(coarse, { lambda: 0.998 }).at(-1) ?? 0;
    const refined = annealingArea(fine, { lambda: Math.sqrt(0.998) }).at(-1) ?? 0;
    expect(refined / s2).toBeCloseTo(1, 2);
  });

  it('leave the rise of a warm-up out, and count a later rise against annealing', () => {
    const schedule = [0, 1, 2, 2, 1, 2];
    expectClose(annealingArea(schedule, { lambda: 0.5, warmup: 2 }), [0, 0, 0, 0, 1, 0.5]);
    expect(annealingArea(schedule, { lambda: 0.5 })[2]).toBeLessThan(0);
  });

  it('refuse a λ that does not fade', () =>
    expect(() => annealingArea([1], { lambda: 1 })).toThrow(RangeError));
});

describe('solving a small positive definite system', () => {
  it('gives back x from A x', () => {
    const matrix = [
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ];
    const x = [1, -2, 3];
    const right = matrix.map((row) => row.reduce((sum, value, j) => sum + value * (x[j] ?? 0), 0));
    expectClose(solvePositiveDefinite(matrix, right) ?? [], x, 12);
  });

  it('says when there is no answer', () => {
    expect(solvePositiveDefinite([[0]], [1])).toBeUndefined();
    expect(solvePositiveDefinite([[Number.NaN]], [1])).toBeUndefined();
    expect(
      solvePositiveDefinite(
        [
          [1, 2],
          [2, 1],
        ],
        [1, 1],
      ),
    ).toBeUndefined();
  });
});

describe('the Huber fit of log residuals', () => {
  const x = Float64Array.from({ length: 80 }, (_, i) => 1 + i);
  const predict = ([logA = 0, b = 0]: Float64Array) => x.map((value) => Math.exp(logA) * value ** b);

  it('finds the constants of a law without noise', () => {
    const { theta, objective } = huberLogFit(predict, predict(Float64Array.of(1.5, -0.3)), [[0, 0]]);
    expectClose(theta, [1.5, -0.3], 6);
    expect(objective).toBeLessThan(1e-12);
  });

  it('is not moved by a few wild points, where least squares is', () => {
    const observed = predict(Float64Array.of(1.5, -0.3)).map((y, i) => (i % 20 === 0 ? 3 * y : y));
    expectClose(huberLogFit(predict, observed, [[0, 0]]).theta, [1.5, -0.3], 3);
    const [a = 0] = huberLogFit(predict, observed, [[0, 0]], { delta: 10 }).theta;
    expect(Math.abs(a - 1.5)).toBeGreaterThan(0.03);
  });

  it('with a wide δ is ordinary least squares in logs', () => {
    const random = pcg32(3);
    const observed = predict(Float64Array.of(0.2, 0.4)).map((y) => y * (1 + 0.2 * random.nextUnit()));
    const [logA, b] = linearLeastSquares(x.map(Math.log), observed.map(Math.log));
    expectClose(huberLogFit(predict, observed, [[0, 0]], { delta: 100 }).theta, [logA, b], 6);
  });

  it('ends where no neighbour is lower', () => {
    const random = pcg32(4);
    const observed = predict(Float64Array.of(0.2, 0.4)).map((y) => y * (1 + 0.2 * random.nextUnit()));
    const { theta, objective } = huberLogFit(predict, observed, [[0, 0]]);
    const at = (point: readonly number[]) =>
      huberLogFit(predict, observed, [point], { maxIterations: 0 }).objective;
    expect(at(theta)).toBe(objective);
    for (const [da, db] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
      [1, -1],
      [-1, 1],
    ] as const) {
      const [a = 0, b = 0] = theta;
      expect(at([a + 1e-3 * da, b + 1e-3 * db])).toBeGreaterThan(objective);
    }
  });

  it('keeps the best of several starts and passes over those where the law is not positive', () => {
    const observed = predict(Float64Array.of(1.5, -0.3));
    expect(
      huberLogFit(predict, observed, [
        [Number.NaN, 0],
        [1, 0],
      ]).objective,
    ).toBeLessThan(1e-12);
    expect(() => huberLogFit(predict, observed, [[Number.NaN, 0]])).toThrow('at none of the starts');
  });

  it('refuses observations that have no logarithm, or none at all', () => {
    expect(() => huberLogFit(() => [1], [0], [[0]])).toThrow(RangeError);
    expect(() => huberLogFit(() => [], [], [[0]])).toThrow(RangeError);
  });

  it('starts from constants that can be searched by their logarithm', () => {
    const columns = [x.map((value) => value ** -0.5)];
    expectClose(
      linearStart(
        x.map((value) => 2 + 3 * value ** -0.5),
        columns,
      ),
      [2, 3],
      6,
    );
    expect(
      linearStart(
        x.map((value) => 2 - 1e-3 * value),
        columns,
      ).every((value) => value > 0),
    ).toBe(true);
  });
});

/** [intercept, slope] by the textbook's sums. */
function linearLeastSquares(x: Float64Array, y: Float64Array): [number, number] {
  const n = x.length;
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const [sx, sy] = [sum(x), sum(y)];
  const slope =
    (n * sum(x.map((value, i) => value * (y[i] ?? 0))) - sx * sy) / (n * sum(x.map((v) => v * v)) - sx * sx);
  return [(sy - slope * sx) / n, slope];
}

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

// The multi-power law, the later competitor of the annealing law: every fall of the rate saturates by a power law.
// Luo et al. 2025, A Multi-Power Law for Loss Curve Prediction, https://arxiv.org/abs/2503.12811
import { forwardArea } from './annealing-area.ts';
import { fitAnnealingLaw } from './annealing-law.ts';
import { huberLogFit } from './huber-log-fit.ts';
import { type LearningRates, lossesOf, type ScheduledCurve } from './scheduled-curve.ts';

/**
 * L(t) = L0 + A·S1(t)^{−α} − B·Σ_{k≤t} (η_{k−1} − η_k)·(1 − (1 + C·η_k^{−γ}·S_k(t))^{−β}), S_k(t) = Σ_{k≤τ≤t} η_τ; falls
 * within the warm-up are left out, its area is part of S1.
 */
export interface MultiPowerLaw {
  readonly L0: number;
  readonly A: number;
  readonly alpha: number;
  readonly B: number;
  readonly C: number;
  readonly beta: number;
  readonly gamma: number;
}

export interface MultiPowerOptions {
  /** Gradual falls within so many steps are taken together, at their middle; 64 when left out, 1 is the sum as it stands. */
  readonly resolution?: number;
}

/**
 * The law's loss after the given steps of a schedule, nats.
 * @throws RangeError when a step is not one of the schedule's
 */
export function predictMultiPowerLoss(
  law: MultiPowerLaw,
  schedule: LearningRates,
  steps: ArrayLike<number>,
  { resolution = 64 }: MultiPowerOptions = {},
): Float64Array {
  return predictFrom(law, fallsOf(schedule, resolution), steps);
}

/**
 * Fits the seven constants, all kept positive, by the Huber loss of log residuals.
 * @param delta of the Huber loss; 1e-3 when left out
 * @throws RangeError when a curve does not fit its schedule or a loss is not positive
 */
export function fitMultiPowerLaw(
  curves: readonly ScheduledCurve[],
  { delta = 1e-3, resolution = 64 }: MultiPowerOptions & { readonly delta?: number } = {},
): MultiPowerLaw {
  const losses = lossesOf(curves);
  const falls = curves.map((curve) => fallsOf(curve, resolution));
  const predict = (theta: Float64Array): Float64Array => {
    const law = lawOf(theta);
    const predicted = new Float64Array(losses.length);
    let offset = 0;
    for (const [i, { steps }] of curves.entries()) {
      const each = falls[i];
      if (each !== undefined) predicted.set(predictFrom(law, each, steps), offset);
      offset += steps.length;
    }
    return predicted;
  };
  // L0, A and α start where the annealing law ends; a fall's saturated worth B is the C/(1 − λ) of that law.
  const { L0, A, alpha, C: slope, lambda } = fitAnnealingLaw(curves, { delta });
  const B = Math.max(slope / (1 - lambda), 1);
  const starts = [0.5, 2].flatMap((C) =>
    [0.4, 0.7].flatMap((beta) => [0.4, 0.7].map((gamma) => [L0, A, alpha, B, C, beta, gamma].map(Math.log))),
  );
  return lawOf(huberLogFit(predict, losses, starts, { delta, maxIterations: 150 }).theta);
}

function lawOf(theta: ArrayLike<number>): MultiPowerLaw {
  const [L0 = 0, A = 0, alpha = 0, B = 0, C = 0, beta = 0, gamma = 0] = Array.from(theta, Math.exp);
  return { L0, A, alpha, B, C, beta, gamma };
}

/** A schedule as the law reads it: its falls, and the area under it up to every step. */
interface Falls {
  /** The step k of each fall, rising. */
  readonly at: readonly number[];
  /** η_{k−1} − η_k; negative for a rise. */
  readonly size: readonly number[];
  /** η_k. */
  readonly rate: readonly number[];
  readonly areas: Float64Array;
}

function fallsOf({ learningRates, warmup = 0 }: LearningRates, resolution: number): Falls {
  const rateAt = (step: number): number => learningRates[step] ?? 0;
  const at: number[] = [];
  const size: number[] = [];
  const rate: number[] = [];
  const gather = (from: number, to: number): void => {
    const fall = rateAt(from) - rateAt(to);
    if (fall === 0) return;
    const middle = from + Math.ceil((to - from) / 2);
    at.push(middle);
    size.push(fall);
    rate.push(rateAt(middle));
  };
  let from = warmup;
  for (let k = warmup + 1; k < learningRates.length; k++) {
    // A sudden fall keeps its own step; only gradual ones are gathered.
    const sudden = Math.abs(rateAt(k) - rateAt(k - 1)) > 0.01 * Math.max(rateAt(k), rateAt(k - 1));
    if (sudden) {
      gather(from, k - 1);
      gather(k - 1, k);
    } else if (k - from === resolution || k === learningRates.length - 1) {
      gather(from, k);
    } else continue;
    from = k;
  }
  return { at, size, rate, areas: forwardArea(learningRates) };
}

function predictFrom(law: MultiPowerLaw, falls: Falls, steps: ArrayLike<number>): Float64Array {
  const { L0, A, alpha, B, C, beta, gamma } = law;
  const { at, size, rate, areas } = falls;
  // At a rate of 0 nothing moves: η^{−γ} is infinite there while the area stays 0, and the term has no worth.
  const speed = rate.map((each) => (each > 0 ? C * each ** -gamma : 0));
  return Float64Array.from(steps, (step) => {
    const area = areas[step];
    if (area === undefined) throw new RangeError('A step is not one of the schedule.');
    let annealed = 0;
    for (let j = 0; j < at.length && (at[j] ?? 0) <= step; j++) {
      const since = area - (areas[(at[j] ?? 0) - 1] ?? 0);
      annealed += (size[j] ?? 0) * (1 - (1 + (speed[j] ?? 0) * since) ** -beta);
    }
    return L0 + A * area ** -alpha - B * annealed;
  });
}

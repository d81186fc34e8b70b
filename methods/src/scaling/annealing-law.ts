// The scaling law with learning-rate annealing: a loss at any step of any schedule from four constants.
// Tissue, Wang & Wang 2024, https://arxiv.org/abs/2408.11029
import { annealingArea, forwardArea } from './annealing-area.ts';
import { huberLogFit } from './huber-log-fit.ts';
import { linearStart } from './linear-start.ts';
import { atTakenSteps, type LearningRates, lossesOf, type ScheduledCurve } from './scheduled-curve.ts';

/** L(s) = L0 + A·S1(s)^{−α} − C·S2(s), in nats; S1 and S2 are sums of learning rates. */
export interface AnnealingLaw {
  readonly L0: number;
  readonly A: number;
  readonly alpha: number;
  /** 0 in a law without the annealing area. */
  readonly C: number;
  /** The λ of S2 that the constants belong to. */
  readonly lambda: number;
}

export interface FitAnnealingLawOptions {
  /** In [0, 1); 0.999 when left out. */
  readonly lambda?: number;
  /** Of the Huber loss of log residuals; 1e-3 when left out. */
  readonly delta?: number;
  /** False fits S1 alone, with C = 0: the ablation that shows what S2 is worth. */
  readonly annealing?: boolean;
}

/** α from which the search starts; the other constants follow from it by least squares. */
const startingExponents = [0.2, 0.4, 0.6, 0.9];

/**
 * Fits L0, A, α and C, all kept positive, to one curve or more by the Huber loss of log residuals.
 * @throws RangeError when a curve does not fit its schedule, a loss is not positive, or λ lies outside [0, 1)
 */
export function fitAnnealingLaw(
  curves: readonly ScheduledCurve[],
  { lambda = 0.999, delta = 1e-3, annealing = true }: FitAnnealingLawOptions = {},
): AnnealingLaw {
  const losses = lossesOf(curves);
  const s1 = atTakenSteps(curves, ({ learningRates }) => forwardArea(learningRates));
  const s2 = atTakenSteps(curves, ({ learningRates, warmup = 0 }) =>
    annealingArea(learningRates, { lambda, warmup }),
  );
  const annealed = annealing && s2.some((area) => area !== 0);
  const lawOf = (theta: ArrayLike<number>): AnnealingLaw => {
    const [L0 = 0, A = 0, alpha = 0, C = 0] = Array.from(theta, Math.exp);
    return { L0, A, alpha, C: annealed ? C : 0, lambda };
  };
  const predict = (theta: Float64Array): Float64Array => {
    const law = lawOf(theta);
    return s1.map((area, i) => lossAt(law, area, s2[i] ?? 0));
  };
  const starts = startingExponents.map((alpha) => {
    const powers = s1.map((area) => area ** -alpha);
    const [L0 = 1, A = 1, C = 1] = linearStart(losses, annealed ? [powers, s2.map((a) => -a)] : [powers]);
    return (annealed ? [L0, A, alpha, C] : [L0, A, alpha]).map(Math.log);
  });
  return lawOf(huberLogFit(predict, losses, starts, { delta }).theta);
}

/**
 * The law's loss after every step of a schedule.
 * @returns nats, [steps]; infinite while the rate has been 0 from the start
 */
export function predictLoss(
  law: AnnealingLaw,
  { learningRates, warmup = 0 }: LearningRates,
): Float64Array<ArrayBuffer> {
  const s2 = annealingArea(learningRates, { lambda: law.lambda, warmup });
  return Float64Array.from(forwardArea(learningRates), (area, i) => lossAt(law, area, s2[i] ?? 0));
}

function lossAt({ L0, A, alpha, C }: AnnealingLaw, s1: number, s2: number): number {
  return L0 + A * s1 ** -alpha - C * s2;
}

// A power law in the number of steps: what is fitted when the learning rate is not looked at.
import { huberLogFit } from './huber-log-fit.ts';
import { linearStart } from './linear-start.ts';
import { atTakenSteps, lossesOf, type ScheduledCurve } from './scheduled-curve.ts';

/** L(s) = L0 + A·s^{−α}, in nats. */
export interface StepsLaw {
  readonly L0: number;
  readonly A: number;
  readonly alpha: number;
}

/**
 * Fits L0, A and α, all kept positive, by the Huber loss of log residuals.
 * @param delta of the Huber loss; 1e-3 when left out
 * @throws RangeError when a curve does not fit its schedule, has a loss at step 0, or a loss is not positive
 * @see Hoffmann et al. 2022, https://arxiv.org/abs/2203.15556, eq. 2 with the model's size held fixed
 */
export function fitStepsLaw(curves: readonly ScheduledCurve[], { delta = 1e-3 } = {}): StepsLaw {
  const losses = lossesOf(curves);
  const steps = atTakenSteps(curves, ({ learningRates }) => Float64Array.from(learningRates, (_, i) => i));
  if (steps.includes(0)) throw new RangeError('A power of the number of steps has no value at step 0.');
  const lawOf = (theta: ArrayLike<number>): StepsLaw => {
    const [L0 = 0, A = 0, alpha = 0] = Array.from(theta, Math.exp);
    return { L0, A, alpha };
  };
  const starts = [0.2, 0.4, 0.6, 0.9].map((alpha) => {
    const [L0 = 1, A = 1] = linearStart(losses, [steps.map((step) => step ** -alpha)]);
    return [L0, A, alpha].map(Math.log);
  });
  const predict = (theta: Float64Array): Float64Array => predictLossAtSteps(lawOf(theta), steps);
  return lawOf(huberLogFit(predict, losses, starts, { delta }).theta);
}

/** The law's loss after each of the given numbers of steps, nats. */
export function predictLossAtSteps({ L0, A, alpha }: StepsLaw, steps: ArrayLike<number>): Float64Array {
  return Float64Array.from(steps, (step) => L0 + A * step ** -alpha);
}

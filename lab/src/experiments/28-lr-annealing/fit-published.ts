// One law fitted to the published curves of one model size and tried on the schedules it has not seen.
import {
  fitAnnealingLaw,
  fitMultiPowerLaw,
  fitStepsLaw,
  mean,
  predictLoss,
  predictLossAtSteps,
  predictMultiPowerLoss,
  type ScheduledCurve,
} from '@offprint/methods';
import type { LossCurve } from '../../data-sets/loss-curves.ts';
import { LabError } from '../../lab-error.ts';
import { type PublishedSchedule, publishedRates, warmup } from './published-schedules.ts';

/** Which law, and what the arms vary of it. */
export interface LawConfig {
  readonly law: 'annealing' | 'areas alone' | 'steps' | 'multi-power';
  /** Of the annealing law; 0.999 when left out. */
  readonly lambda?: number;
  /** The schedules it is fitted to. */
  readonly fitted: readonly PublishedSchedule[];
}

/** A law that has been fitted: its constants by name, and its loss at the steps of a curve. */
export interface FittedLaw {
  readonly constants: Readonly<Record<string, number>>;
  predict(curve: ScheduledCurve): ArrayLike<number>;
}

/**
 * The published curve of a model size under a schedule, beside that schedule's rates.
 * @throws LabError `damaged-file` when the set does not hold it
 */
export function publishedCurve(
  curves: readonly LossCurve[],
  millions: number,
  schedule: PublishedSchedule,
): ScheduledCurve {
  const found = curves.find((curve) => curve.millions === millions && curve.schedule === schedule);
  if (found === undefined) {
    throw new LabError(
      'damaged-file',
      `The loss curves hold no ${schedule} of ${millions} million parameters; install the lab's data again.`,
    );
  }
  return { learningRates: publishedRates(schedule), warmup, steps: found.steps, losses: found.losses };
}

/** Fits a configuration's law to curves. */
export function fitLaw(
  { law: kind, lambda = 0.999 }: LawConfig,
  curves: readonly ScheduledCurve[],
): FittedLaw {
  switch (kind) {
    case 'steps': {
      const law = fitStepsLaw(curves);
      return { constants: { ...law }, predict: ({ steps }) => predictLossAtSteps(law, steps) };
    }
    case 'multi-power': {
      const law = fitMultiPowerLaw(curves);
      return { constants: { ...law }, predict: (curve) => predictMultiPowerLoss(law, curve, curve.steps) };
    }
    case 'annealing':
    case 'areas alone': {
      const law = fitAnnealingLaw(curves, { lambda, annealing: kind === 'annealing' });
      const predict = (curve: ScheduledCurve): Float64Array => {
        const losses = predictLoss(law, curve);
        return Float64Array.from(curve.steps, (step) => losses[step] ?? Number.NaN);
      };
      return { constants: { ...law }, predict };
    }
  }
}

/** How far a prediction is from a curve. */
export interface CurveErrors {
  /** |L̂ − L|/L at each point, %. */
  readonly relative: readonly number[];
  /** 1 − Σ(L − L̂)²/Σ(L − L̄)². */
  readonly rSquared: number;
}

export function curveErrors(predicted: ArrayLike<number>, losses: ArrayLike<number>): CurveErrors {
  const taken = Array.from(losses);
  const centre = mean(taken);
  let residual = 0;
  let spread = 0;
  const relative = taken.map((loss, i) => {
    const difference = (predicted[i] ?? Number.NaN) - loss;
    residual += difference ** 2;
    spread += (loss - centre) ** 2;
    return (100 * Math.abs(difference)) / loss;
  });
  return { relative, rSquared: 1 - residual / spread };
}

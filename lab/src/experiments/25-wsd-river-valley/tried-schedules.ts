// The four ways to have a model at two budgets of steps, made equal in all but what they compare.
import {
  constant,
  cyclicCosine,
  joinSchedules,
  linear,
  type Schedule,
  warmupStableDecay,
} from '@offprint/methods';

/** When models are wanted and how the rate gets there. */
export interface Budgets {
  /** B₁ < B₂: the steps at which a model is wanted. */
  readonly steps: readonly [number, number];
  /** Steps of linear warm-up. */
  readonly warmup: number;
  /** The share of a budget that its decay takes. */
  readonly decayFraction: number;
  /** The lowest rate as a share of the peak, for decays and cosines alike. */
  readonly minRatio: number;
}

export const methods = ['WSD', 'WSD-S', 'cyclic cosine', 'cosine'] as const;
export type Method = (typeof methods)[number];

/** Steps of the decay before a budget: D₁ and D₂. */
export function decaySteps({ steps, decayFraction }: Budgets): [number, number] {
  const [first, second] = steps;
  return [Math.round(first * decayFraction), Math.round(second * decayFraction)];
}

/** WSD's main branch, which never decays. */
export function stable(peak: number, { warmup }: Budgets): Schedule {
  return joinSchedules([linear({ from: 0, to: peak, steps: warmup }), constant(peak)], [warmup]);
}

/** WSD for one budget: the main branch and a decay that ends at step `total` and takes `decay` steps. */
export function wsd(peak: number, { warmup, minRatio }: Budgets, total: number, decay: number): Schedule {
  return warmupStableDecay({ peak, warmup, total, decayFraction: decay / total, minRatio });
}

/** WSD-S through both budgets, with WSD's own decays: only where the second stretch begins differs. */
export function wsdSimplified(peak: number, budgets: Budgets): Schedule {
  const [first, second] = budgets.steps;
  const [decay1, decay2] = decaySteps(budgets);
  const again = warmupStableDecay({
    peak,
    total: second - first,
    decayFraction: decay2 / (second - first),
    minRatio: budgets.minRatio,
  });
  return joinSchedules([wsd(peak, budgets, first, decay1), again], [first]);
}

/** Cosine down to each budget, back at the peak in between. */
export function restartedCosine(peak: number, { steps, warmup, minRatio }: Budgets): Schedule {
  return cyclicCosine({ peak, warmup, cycleEnds: steps, minRatio });
}

/** A run of its own for a budget that is known from the start. */
export function cosineOracle(peak: number, { warmup, minRatio }: Budgets, total: number): Schedule {
  return cyclicCosine({ peak, warmup, cycleEnds: [total], minRatio });
}

// Whether methods come in the same order by their answers as by their features, and how sure that is.
import { kendallTau, mean, pcg32, quantileOfSorted } from '@offprint/methods';
import { type Results, valuesOf } from '../../experiment/results.ts';

export interface RankAgreement {
  /** Kendall's τ of the arms' means over seeds. */
  readonly tau: number;
  /** 2.5 % and 97.5 % quantile over bootstrap samples of the seeds. */
  readonly low: number;
  readonly high: number;
}

const samples = 2000;

/**
 * Undefined while an arm lacks a seed that another has, or a metric diverged. Samples of seeds in which one of the two
 * orders is all ties are left out.
 * @param arms the methods compared
 */
export function rankAgreement(results: Results, arms: readonly string[]): RankAgreement | undefined {
  const byAnswers = arms.map((arm) => valuesOf(results, arm, 'AGL'));
  const byFeatures = arms.map((arm) => valuesOf(results, arm, 'AGR'));
  const seeds = byAnswers[0]?.length ?? 0;
  const complete = [...byAnswers, ...byFeatures].every(
    (values) => values.length === seeds && values.every(Number.isFinite),
  );
  if (seeds < 2 || arms.length < 2 || !complete) return undefined;
  const tauOf = (drawn: readonly number[]): number | undefined => {
    const means = (rows: readonly (readonly number[])[]) =>
      rows.map((values) => mean(drawn.map((seed) => values[seed] ?? Number.NaN)));
    const answers = means(byAnswers);
    const features = means(byFeatures);
    const constant = (values: readonly number[]) => values.every((value) => value === values[0]);
    return constant(answers) || constant(features) ? undefined : kendallTau(answers, features).tau;
  };
  const tau = tauOf(Array.from({ length: seeds }, (_, seed) => seed));
  if (tau === undefined) return undefined;
  const random = pcg32(1);
  const drawn = Array.from({ length: samples }, () =>
    tauOf(Array.from({ length: seeds }, () => random.nextBelow(seeds))),
  )
    .filter((value) => value !== undefined)
    .sort((a, b) => a - b);
  const sorted = Float64Array.from(drawn);
  return { tau, low: quantileOfSorted(sorted, 0.025), high: quantileOfSorted(sorted, 0.975) };
}

// How low the lowest of many accuracies lies by chance alone: what a worst-case metric shows where nothing was forgotten.
import { binomialCdf } from '../statistics/binomial.ts';

/**
 * E[min_n X_n/N] for independent X_n ~ Binomial(N, p_n), exactly: 1/N Σ_{x=0}^{N−1} Π_n P(X_n > x).
 *
 * Evaluations of one fixed test set differ less than independent ones, so for them this is the least favourable case.
 * @param probabilities p_n, the true accuracy at each evaluation, in [0, 1]
 * @param examples N, a whole number from 1 up
 * @throws RangeError for no evaluation, another N, or a p_n that is no probability
 */
export function expectedNoisyMinimum(probabilities: readonly number[], examples: number): number {
  if (probabilities.length === 0) throw new RangeError('There is no evaluation to take the minimum of.');
  if (!Number.isSafeInteger(examples) || examples < 1)
    throw new RangeError('A test set has an example or more.');
  let sum = 0;
  for (let x = 0; x < examples; x++) {
    let above = 1;
    for (const p of probabilities) {
      // P(X > x) counted in failures, which keeps its digits where it is small.
      above *= binomialCdf(examples - x - 1, examples, 1 - p);
      if (above < 1e-18) break;
    }
    sum += above;
  }
  return sum / examples;
}

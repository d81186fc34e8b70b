// The mean squared error of a probability forecast: sharp and calibrated both count.
import { checkForecast } from './check-binary.ts';

/**
 * Brier's score of a yes-or-no forecast, mean (p − y)².
 * @param labels 0 or 1, [n]
 * @param probabilities of label 1, [n]
 * @returns in [0, 1]; 0 is perfect, always answering the prevalence π gives π(1 − π)
 * @throws RangeError for different lengths, no items, another label, or no probability
 * @see Brier 1950, Monthly Weather Review 78
 */
export function brier(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  checkForecast(labels, probabilities);
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += ((probabilities[i] ?? 0) - (labels[i] ?? 0)) ** 2;
  return sum / labels.length;
}

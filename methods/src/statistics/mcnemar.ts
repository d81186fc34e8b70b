// Whether two classifiers judged on the same items differ: only the items they disagree on can tell.
import { binomialCdf } from './binomial.ts';

/**
 * Two-sided exact p-value of McNemar's test: under equality the b + c disagreements fall to either side like fair coins.
 * @param b items that only the first classifier gets right
 * @param c items that only the second classifier gets right
 * @returns 2·P(X ≤ min(b, c)) for X ~ Binomial(b + c, ½), at most 1; 1 when they never disagree
 * @throws RangeError unless both are whole numbers from 0 up
 * @see McNemar 1947, Psychometrika 12; Edwards 1948 for the exact form
 */
export function mcnemarExact(b: number, c: number): number {
  if (![b, c].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError('Disagreements are counted in whole numbers from 0 up.');
  }
  return Math.min(1, 2 * binomialCdf(Math.min(b, c), b + c, 0.5));
}

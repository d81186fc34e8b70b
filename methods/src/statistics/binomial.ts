// The binomial distribution: how many of n independent trials succeed.
import { incompleteBeta, logGamma } from './beta.ts';

/**
 * ln of n choose k.
 * @throws RangeError unless 0 ≤ k ≤ n are whole numbers
 */
export function logChoose(n: number, k: number): number {
  checkTrials(n);
  if (!Number.isInteger(k) || k < 0 || k > n) throw new RangeError('k is a whole number from 0 to n.');
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/**
 * P(X = k) for X ~ Binomial(n, p); 0 for a k that cannot happen.
 * @throws RangeError when n is not a whole number from 0 up or p is no probability
 */
export function binomialPmf(k: number, n: number, p: number): number {
  checkTrials(n, p);
  if (!Number.isInteger(k) || k < 0 || k > n) return 0;
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/**
 * P(X ≤ k) for X ~ Binomial(n, p) = I₁₋ₚ(n − k, k + 1).
 * @param k any number; what lies between two counts belongs to the lower one
 * @throws RangeError when n is not a whole number from 0 up, p is no probability or k is not a number
 * @see https://dlmf.nist.gov/8.17#E5
 */
export function binomialCdf(k: number, n: number, p: number): number {
  checkTrials(n, p);
  if (Number.isNaN(k)) throw new RangeError('k is not a number.');
  const successes = Math.floor(k);
  if (successes < 0) return 0;
  if (successes >= n) return 1;
  return incompleteBeta(1 - p, n - successes, successes + 1);
}

/**
 * The least k with P(X ≤ k) ≥ q.
 * @param q in [0, 1]
 * @throws RangeError when n is not a whole number from 0 up, or p or q is no probability
 */
export function binomialQuantile(q: number, n: number, p: number): number {
  checkTrials(n, p);
  if (!(q >= 0 && q <= 1)) throw new RangeError('A probability lies in [0, 1].');
  return leastCount(n, (k) => binomialCdf(k, n, p) >= q);
}

/** The least k in [0, n] for which a rising condition holds, by bisection; n when it holds nowhere below. */
export function leastCount(n: number, holds: (k: number) => boolean): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function checkTrials(n: number, p = 0): void {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError('Trials are a whole number from 0 up.');
  if (!(p >= 0 && p <= 1)) throw new RangeError('A probability lies in [0, 1].');
}

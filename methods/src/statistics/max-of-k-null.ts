// What the best of k equally good models scores on one small test set: the winner's luck, in closed form.
import { binomialCdf, leastCount } from './binomial.ts';

export interface MaxOfKNull {
  /** The expected best share of correct answers. */
  readonly mean: number;
  /** P(best share ≥ x). */
  atLeast(x: number): number;
  /**
   * The least share that the best does not exceed with probability q.
   * @throws RangeError for q outside [0, 1]
   */
  quantile(q: number): number;
}

/**
 * The distribution of the best of k models that each answer every one of n items rightly with probability p, with
 * independent errors: P(max ≤ c) = F(c)ᵏ, F the binomial distribution. Models that err on the same items vary less
 * among each other, so k then counts for less.
 * @param n test items, a whole number from 1 up
 * @param p each model's true accuracy, in [0, 1]
 * @param k models, a whole number from 1 up
 * @throws RangeError for arguments out of range
 */
export function maxOfKNull(n: number, p: number, k: number): MaxOfKNull {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError('Test items are a whole number from 1 up.');
  if (!Number.isSafeInteger(k) || k < 1) throw new RangeError('Models are a whole number from 1 up.');
  if (!(p >= 0 && p <= 1)) throw new RangeError('An accuracy lies in [0, 1].');
  // P(best count ≥ c), without losing digits where F is close to 1.
  const reaches = (c: number): number => -Math.expm1(k * Math.log1p(-upper(c, n, p)));
  let mean = 0;
  for (let c = 1; c <= n; c++) mean += reaches(c);
  return {
    mean: mean / n,
    // A share such as .8 of 5 is 4.000…1 in floating point and means 4.
    atLeast: (x) => reaches(Math.ceil(x * n - 1e-9)),
    quantile: (q) => {
      if (!(q >= 0 && q <= 1)) throw new RangeError('A probability lies in [0, 1].');
      return leastCount(n, (c) => binomialCdf(c, n, p) ** k >= q) / n;
    },
  };
}

/** P(X ≥ c) = P(n − X ≤ n − c) with the failures counted. */
function upper(c: number, n: number, p: number): number {
  return binomialCdf(n - c, n, 1 - p);
}

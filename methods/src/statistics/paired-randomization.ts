// The sign-flip test under the name and in the form that retrieval evaluation knows it by.
import { signFlipTest } from './sign-flip.ts';

export interface RandomizationOptions {
  /** Sampled sign assignments when there are too many pairs to try all; 10,000 when left out. */
  readonly permutations?: number;
  readonly seed?: number;
}

/**
 * Two-sided p-value of the paired randomization test on the mean difference: `signFlipTest`, exact for up to 16
 * non-zero differences (many comparisons are made in one evaluation); beyond, sampled.
 * @param differences one number a pair: treatment minus baseline
 * @throws RangeError when a difference is not finite or `permutations` is not a whole number from 1 up
 * @see Smucker, Allan & Carterette 2007, https://doi.org/10.1145/1321440.1321528
 */
export function pairedRandomizationTest(
  differences: ArrayLike<number>,
  options: RandomizationOptions = {},
): number {
  return signFlipTest(differences, { ...options, exactUpTo: 16 }).pValue;
}

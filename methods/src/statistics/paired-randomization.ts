// Whether a mean paired difference could be chance: signs are flipped, exactly for few pairs, by sampling for many.
import { pcg32 } from '../random/pcg32.ts';

export interface RandomizationOptions {
  /** Sampled sign assignments when there are too many pairs to try all; 10,000 when left out. */
  readonly permutations?: number;
  readonly seed?: number;
}

/** Up to this many non-zero differences all 2ⁿ sign assignments are tried. */
const exactUpTo = 16;

/**
 * Two-sided p-value of the paired randomization (sign-flip) test on the mean difference.
 * Exact for up to 16 non-zero differences; beyond, (c + 1)/(B + 1) over B sampled assignments, which never gives 0.
 * @param differences one number a pair: treatment minus baseline
 * @throws RangeError when a difference is not finite or `permutations` is not a whole number from 1 up
 * @see Fisher 1935; Smucker, Allan & Carterette 2007, https://doi.org/10.1145/1321440.1321528
 */
export function pairedRandomizationTest(
  differences: ArrayLike<number>,
  options: RandomizationOptions = {},
): number {
  const { permutations = 10_000, seed = 1 } = options;
  if (!Number.isInteger(permutations) || permutations < 1) {
    throw new RangeError('Permutations are a whole number from 1 up.');
  }
  const all = Float64Array.from(differences);
  if (!all.every(Number.isFinite)) throw new RangeError('A difference is not a finite number.');
  // A flipped zero is the same zero: leaving it out changes no sum.
  const values = all.filter((value) => value !== 0);
  if (values.length === 0) return 1;
  let observed = 0;
  let scale = 0;
  for (const value of values) {
    observed += value;
    scale += Math.abs(value);
  }
  // Equal sums met in another order differ by rounding; they count as equal.
  const reached = Math.abs(observed) - 1e-12 * scale;
  return values.length <= exactUpTo
    ? exactShare(values, reached)
    : sampledShare(values, reached, permutations, seed);
}

function exactShare(values: Float64Array, reached: number): number {
  const assignments = 2 ** values.length;
  let atLeast = 0;
  for (let signs = 0; signs < assignments; signs++) {
    if (Math.abs(signedSum(values, () => signs)) >= reached) atLeast++;
  }
  return atLeast / assignments;
}

function sampledShare(values: Float64Array, reached: number, permutations: number, seed: number): number {
  const random = pcg32(seed);
  let atLeast = 0;
  for (let b = 0; b < permutations; b++) {
    if (Math.abs(signedSum(values, random.nextUint32)) >= reached) atLeast++;
  }
  return (atLeast + 1) / (permutations + 1);
}

/** The sum with the i-th sign taken from the bits of the words that `nextBits` gives, 32 values a word. */
function signedSum(values: Float64Array, nextBits: () => number): number {
  let sum = 0;
  let bits = 0;
  for (let i = 0; i < values.length; i++) {
    if ((i & 31) === 0) bits = nextBits();
    const value = values[i] ?? 0;
    sum += (bits >>> (i & 31)) & 1 ? value : -value;
  }
  return sum;
}

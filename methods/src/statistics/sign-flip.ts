// Whether a mean paired difference could be chance: signs are flipped, exactly for few pairs, by sampling for many.
import { pcg32, type Random } from '../random/pcg32.ts';

export interface SignFlipOptions {
  /** What would speak against chance: a mean that is not 0 (`two-sided`, when left out), above 0, or below 0. */
  readonly alternative?: 'two-sided' | 'greater' | 'less';
  /** Sampled sign assignments when there are too many pairs to try all; 10,000 when left out. */
  readonly permutations?: number;
  readonly seed?: number;
  /** Up to this many non-zero differences all 2ⁿ assignments are tried; 20 when left out, at most 24. */
  readonly exactUpTo?: number;
}

export interface SignFlipResult {
  readonly pValue: number;
  /** Whether every assignment was tried. */
  readonly exact: boolean;
  /** How many assignments the p-value was counted over. */
  readonly assignments: number;
}

/**
 * The sign-flip test of the mean paired difference. If treatment and baseline are exchangeable within a pair, every
 * assignment of signs is equally likely. Sampled, p is (c + 1)/(B + 1), which never gives 0.
 *
 * The least p that n differing pairs can give is 2/2ⁿ two-sided: with 5 seeds .0625, so plan at least 6.
 * @param differences one number a pair: treatment minus baseline
 * @throws RangeError when a difference is not finite or an option is out of range
 * @see Fisher 1935, The Design of Experiments, ch. 3; Phipson & Smyth 2010 for the sampled form
 */
export function signFlipTest(differences: ArrayLike<number>, options: SignFlipOptions = {}): SignFlipResult {
  const { alternative = 'two-sided', permutations = 10_000, seed = 1, exactUpTo = 20 } = options;
  if (!Number.isInteger(permutations) || permutations < 1) {
    throw new RangeError('Permutations are a whole number from 1 up.');
  }
  if (!Number.isInteger(exactUpTo) || exactUpTo < 0 || exactUpTo > 24) {
    throw new RangeError('All assignments are tried up to a whole number of pairs from 0 to 24.');
  }
  const all = Float64Array.from(differences);
  if (!all.every(Number.isFinite)) throw new RangeError('A difference is not a finite number.');
  // A flipped zero is the same zero: leaving it out changes no sum.
  const values = all.filter((value) => value !== 0);
  if (values.length === 0) return { pValue: 1, exact: true, assignments: 1 };
  if (alternative === 'less') for (const [i, value] of values.entries()) values[i] = -value;
  let observed = 0;
  let scale = 0;
  for (const value of values) {
    observed += value;
    scale += Math.abs(value);
  }
  // Equal sums met in another order differ by rounding; they count as equal.
  const tolerance = 1e-12 * scale;
  const reaches =
    alternative === 'two-sided'
      ? (sum: number) => Math.abs(sum) >= Math.abs(observed) - tolerance
      : (sum: number) => sum >= observed - tolerance;
  if (values.length <= exactUpTo) {
    const assignments = 2 ** values.length;
    return { pValue: countReaching(values, 0, 0, reaches) / assignments, exact: true, assignments };
  }
  const reached = sampleReaching(values, reaches, permutations, pcg32(seed));
  return { pValue: (reached + 1) / (permutations + 1), exact: false, assignments: permutations };
}

/** How many of the assignments of signs to `values` from `place` on reach, on top of the sum so far. */
function countReaching(
  values: Float64Array,
  place: number,
  sum: number,
  reaches: (sum: number) => boolean,
): number {
  if (place === values.length) return reaches(sum) ? 1 : 0;
  const value = values[place] ?? 0;
  return (
    countReaching(values, place + 1, sum + value, reaches) +
    countReaching(values, place + 1, sum - value, reaches)
  );
}

function sampleReaching(
  values: Float64Array,
  reaches: (sum: number) => boolean,
  permutations: number,
  random: Random,
): number {
  let reached = 0;
  for (let b = 0; b < permutations; b++) {
    let sum = 0;
    let bits = 0;
    for (const [i, value] of values.entries()) {
      if ((i & 31) === 0) bits = random.nextUint32();
      sum += (bits >>> (i & 31)) & 1 ? value : -value;
    }
    if (reaches(sum)) reached++;
  }
  return reached;
}

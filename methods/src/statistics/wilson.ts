// The interval of a proportion that stays inside [0, 1] and is honest at small n.
import { normalQuantile } from './normal.ts';
import type { Interval } from './paired-bootstrap.ts';

/**
 * A proportion with Wilson's score interval. `mean` is k/n, not the interval's middle.
 * @param successes k, a whole number in [0, n]
 * @param trials n, a whole number from 1 up
 * @param level coverage, 0.95 when left out
 * @throws RangeError for counts or a level out of range
 * @see Wilson 1927, Probable inference, the law of succession, and statistical inference, JASA 22
 */
export function wilson(successes: number, trials: number, level = 0.95): Interval {
  if (!Number.isSafeInteger(trials) || trials < 1)
    throw new RangeError('Trials are a whole number from 1 up.');
  if (!Number.isInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError('Successes are a whole number from 0 to the number of trials.');
  }
  if (!(level > 0 && level < 1)) throw new RangeError('A level lies between 0 and 1.');
  const z = normalQuantile(0.5 + level / 2);
  const share = successes / trials;
  const denominator = 1 + (z * z) / trials;
  const middle = (share + (z * z) / (2 * trials)) / denominator;
  const half =
    (z / denominator) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  // At 0 and at n the interval ends there exactly; rounding must not push it past.
  return {
    mean: share,
    low: successes === 0 ? 0 : middle - half,
    high: successes === trials ? 1 : middle + half,
  };
}

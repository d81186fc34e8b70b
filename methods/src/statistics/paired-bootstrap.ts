// An interval for the mean of paired differences by resampling the pairs.
import { pcg32 } from '../random/pcg32.ts';
import { mean } from './mean.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { quantileOfSorted } from './quantile.ts';

export interface BootstrapOptions {
  /** How many times the pairs are drawn again; 10,000 when left out. */
  readonly resamples?: number;
  readonly seed?: number;
  /** Coverage of the interval, 0.95 when left out. */
  readonly level?: number;
  /** `percentile` as is usual in retrieval; `bca` corrects it for bias and skew (Efron 1987). */
  readonly interval?: 'percentile' | 'bca';
}

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The mean of paired differences with a bootstrap interval.
 * @param differences one number a pair: treatment minus baseline
 * @throws RangeError for an empty sample, a value that is not finite, or options out of range
 * @see Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13 and 14; Sakai 2006 for its use in retrieval
 */
export function pairedBootstrap(differences: ArrayLike<number>, options: BootstrapOptions = {}): Interval {
  const { resamples = 10_000, seed = 1, level = 0.95, interval = 'percentile' } = options;
  if (!Number.isInteger(resamples) || resamples < 1)
    throw new RangeError('Resamples are a whole number from 1 up.');
  if (!(level > 0 && level < 1)) throw new RangeError('A level lies between 0 and 1.');
  const values = Float64Array.from(differences);
  if (!values.every(Number.isFinite)) throw new RangeError('A difference is not a finite number.');
  const observed = mean(values);
  const means = resampledMeans(values, resamples, seed);
  const tail = (1 - level) / 2;
  const [lowTail, highTail] =
    interval === 'bca' ? correctedTails(values, observed, means, tail) : [tail, 1 - tail];
  return { mean: observed, low: quantileOfSorted(means, lowTail), high: quantileOfSorted(means, highTail) };
}

/**
 * The means of samples drawn again from `values` with replacement, ascending.
 * @param values finite numbers, at least one
 */
export function resampledMeans(values: Float64Array, resamples: number, seed: number): Float64Array {
  const random = pcg32(seed);
  const n = values.length;
  const means = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[random.nextBelow(n)] ?? 0;
    means[b] = sum / n;
  }
  return means.sort();
}

/** Efron's α₁ and α₂ (1987, eq. 2.3): bias from the share of resamples below the mean, acceleration by the jackknife. */
function correctedTails(
  values: Float64Array,
  observed: number,
  means: Float64Array,
  tail: number,
): [number, number] {
  let below = 0;
  for (const value of means) below += value < observed ? 1 : value === observed ? 0.5 : 0;
  // The mean without the i-th pair differs from the mean by (x̄ − xᵢ)/(n − 1); the scale cancels in the ratio.
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (value - observed) ** 2;
    cubes += (value - observed) ** 3;
  }
  const share = below / means.length;
  if (squares === 0 || share === 0 || share === 1) return [tail, 1 - tail];
  const bias = normalQuantile(share);
  const acceleration = cubes / (6 * squares ** 1.5);
  const corrected = (p: number): number => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  return [corrected(tail), corrected(1 - tail)];
}

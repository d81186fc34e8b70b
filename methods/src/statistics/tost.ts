// Whether two arms are equal for practical purposes: a difference that is not significant is no evidence of that.
import { mean, sampleVariance } from './mean.ts';
import { type Interval, resampledMeans } from './paired-bootstrap.ts';
import { quantileOfSorted } from './quantile.ts';
import { studentTCdf, studentTQuantile } from './student-t.ts';

export interface TostOptions {
  /** δ > 0, in the differences' unit: what is called equal lies strictly between −δ and δ. Chosen before the data. */
  readonly margin: number;
  /** The chance to call unequal arms equal, 0.05 when left out; below ½. */
  readonly alpha?: number;
  /** `t` when left out; `bootstrap` resamples the pairs and assumes no normal mean. */
  readonly form?: 't' | 'bootstrap';
  /** For the bootstrap: 10,000 when left out. */
  readonly resamples?: number;
  readonly seed?: number;
}

export interface TostResult {
  /** Whether the interval lies strictly within ±margin. */
  readonly equivalent: boolean;
  /** The larger of the two one-sided p-values. */
  readonly pValue: number;
  readonly margin: number;
  /** The mean difference with its 1 − 2α interval: the one that decides. */
  readonly interval: Interval;
}

/**
 * Two one-sided tests of the mean paired difference against −δ and +δ.
 * @param differences one number a pair: treatment minus baseline; at least two
 * @throws RangeError for fewer than two differences, one that is not finite, or options out of range
 * @see Schuirmann 1987, J. Pharmacokinet. Biopharm. 15; Lakens 2017, https://doi.org/10.1177/1948550617697177
 */
export function tost(differences: ArrayLike<number>, options: TostOptions): TostResult {
  const { margin, alpha = 0.05, form = 't', resamples = 10_000, seed = 1 } = options;
  if (!(margin > 0 && margin < Number.POSITIVE_INFINITY)) {
    throw new RangeError('A margin is a finite number above 0.');
  }
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError('Alpha lies between 0 and ½.');
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError('Resamples are a whole number from 1 up.');
  }
  const values = Float64Array.from(differences);
  if (values.length < 2) throw new RangeError('Equivalence needs at least two pairs.');
  if (!values.every(Number.isFinite)) throw new RangeError('A difference is not a finite number.');
  const { pValue, interval } =
    form === 't' ? byT(values, margin, alpha) : byBootstrap(values, margin, alpha, resamples, seed);
  return { equivalent: interval.low > -margin && interval.high < margin, pValue, margin, interval };
}

type Tested = { readonly pValue: number; readonly interval: Interval };

function byT(values: Float64Array, margin: number, alpha: number): Tested {
  const centre = mean(values);
  const error = Math.sqrt(sampleVariance(values) / values.length);
  // Equal differences leave nothing to chance.
  if (error === 0) {
    const pValue = Math.abs(centre) < margin ? 0 : 1;
    return { pValue, interval: { mean: centre, low: centre, high: centre } };
  }
  const degrees = values.length - 1;
  const half = studentTQuantile(1 - alpha, degrees) * error;
  return {
    pValue: Math.max(
      studentTCdf((centre - margin) / error, degrees),
      studentTCdf((-centre - margin) / error, degrees),
    ),
    interval: { mean: centre, low: centre - half, high: centre + half },
  };
}

function byBootstrap(
  values: Float64Array,
  margin: number,
  alpha: number,
  resamples: number,
  seed: number,
): Tested {
  const means = resampledMeans(values, resamples, seed);
  let below = 0;
  let above = 0;
  for (const value of means) {
    if (value <= -margin) below++;
    if (value >= margin) above++;
  }
  return {
    pValue: (Math.max(below, above) + 1) / (resamples + 1),
    interval: {
      mean: mean(values),
      low: quantileOfSorted(means, alpha),
      high: quantileOfSorted(means, 1 - alpha),
    },
  };
}

// The interval for a mean when the sample is a handful of seeds: Student's t.
import { incompleteBeta } from './beta.ts';
import { mean, sampleVariance } from './mean.ts';
import type { Interval } from './paired-bootstrap.ts';

/**
 * Mean with a two-sided t-interval, x̄ ± t_{n−1} · s/√n.
 * @param level coverage, 0.95 when left out
 * @throws RangeError for fewer than two values, a value that is not finite, or a level outside (0, 1)
 * @see Student 1908, The probable error of a mean, Biometrika 6
 */
export function tInterval(values: ArrayLike<number>, level = 0.95): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError('A level lies between 0 and 1.');
  const centre = mean(values);
  if (!Number.isFinite(centre)) throw new RangeError('A value is not a finite number.');
  const halfWidth =
    studentTQuantile(0.5 + level / 2, values.length - 1) * Math.sqrt(sampleVariance(values) / values.length);
  return { mean: centre, low: centre - halfWidth, high: centre + halfWidth };
}

/**
 * The t with P(T ≤ t) = p for `degrees` degrees of freedom, by bisection on the distribution.
 * @throws RangeError for p outside (0, 1) or degrees below 1
 */
export function studentTQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('A probability lies between 0 and 1.');
  if (!(degrees >= 1)) throw new RangeError('Degrees of freedom are 1 or more.');
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentTQuantile(1 - p, degrees);
  let low = 0;
  let high = 1;
  while (upperTail(high, degrees) > 1 - p) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i++) {
    const middle = (low + high) / 2;
    if (upperTail(middle, degrees) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(T ≤ t) for `degrees` degrees of freedom.
 * @throws RangeError for degrees below 1 or a t that is not a number
 * @see Abramowitz & Stegun 26.7.1
 */
export function studentTCdf(t: number, degrees: number): number {
  if (!(degrees >= 1)) throw new RangeError('Degrees of freedom are 1 or more.');
  if (Number.isNaN(t)) throw new RangeError('t is not a number.');
  return t > 0 ? 1 - upperTail(t, degrees) : upperTail(-t, degrees);
}

/** P(T > t) = ½ I_{ν/(ν+t²)}(ν/2, ½) for t ≥ 0 (Abramowitz & Stegun 26.7.1, 26.5.27). */
function upperTail(t: number, degrees: number): number {
  return 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

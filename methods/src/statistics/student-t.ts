// The interval for a mean when the sample is a handful of seeds: Student's t.
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

/** P(T > t) = ½ I_{ν/(ν+t²)}(ν/2, ½) for t ≥ 0 (Abramowitz & Stegun 26.7.1, 26.5.27). */
function upperTail(t: number, degrees: number): number {
  return 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** The regularised incomplete beta function Iₓ(a, b), by its continued fraction (DLMF 8.17.22). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // Evaluated from its 300th term backwards: far beyond where the terms still count.
  let fraction = 1;
  for (let m = 300; m >= 1; m--) {
    const half = m >> 1;
    const d =
      m % 2 === 0
        ? (half * (b - half) * x) / ((a + m - 1) * (a + m))
        : (-(a + half) * (a + b + half) * x) / ((a + m - 1) * (a + m));
    fraction = 1 + d / fraction;
  }
  return front / (a * fraction);
}

/** ln Γ(z) for z > 0: shifted up to where Stirling's series (DLMF 5.11.1) is exact to double precision. */
function logGamma(z: number): number {
  let shift = 0;
  let x = z;
  while (x < 15) {
    shift += Math.log(x);
    x += 1;
  }
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

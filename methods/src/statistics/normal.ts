// The standard normal distribution and its inverse, which the corrected bootstrap interval needs.

/**
 * Φ(x), by the incomplete gamma series near 0 and its continued fraction in the tails; relative error about 1e-14.
 * @see Abramowitz & Stegun 26.2.10 and 26.2.14
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 0) return 1 - normalCdf(-x);
  if (x < -38) return 0;
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  const t = -x;
  if (t < 3) {
    let term = t;
    let sum = t;
    for (let n = 3; term > sum * 1e-17; n += 2) {
      term *= (t * t) / n;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let n = 120; n >= 1; n--) fraction = n / (t + fraction);
  return density / (t + fraction);
}

/**
 * Φ⁻¹(p): Newton steps on Φ from the rational start of Abramowitz & Stegun 26.2.23.
 * @param p in [0, 1]; the ends give ∓∞
 * @throws RangeError for p outside [0, 1]
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('A probability lies in [0, 1].');
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let x =
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t) -
    t;
  for (let i = 0; i < 4; i++) {
    const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    if (density === 0) break;
    x -= (normalCdf(x) - p) / density;
  }
  return x;
}

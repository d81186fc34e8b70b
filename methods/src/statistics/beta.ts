// The gamma and beta functions, from which the t, the binomial and their quantiles are computed.

/**
 * ln Γ(z) for z > 0: shifted up to where Stirling's series is exact to double precision.
 * @throws RangeError for z ≤ 0
 * @see https://dlmf.nist.gov/5.11#E1
 */
export function logGamma(z: number): number {
  if (!(z > 0)) throw new RangeError('The logarithm of the gamma function is taken of numbers above 0.');
  let shift = 0;
  let x = z;
  while (x < 15) {
    shift += Math.log(x);
    x += 1;
  }
  const inverse = 1 / (x * x);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** More terms than the fraction needs anywhere a double can tell apart: it converges in about √max(a, b) of them. */
const termsAtMost = 100_000;

/**
 * The regularised incomplete beta function Iₓ(a, b), by its continued fraction (modified Lentz).
 * @param x in [0, 1]; beyond it the nearer end's value is given
 * @param a above 0
 * @param b above 0
 * @throws RangeError for an argument that is not a number or a shape ≤ 0
 * @see https://dlmf.nist.gov/8.17#E22
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (Number.isNaN(x) || !(a > 0) || !(b > 0))
    throw new RangeError('Iₓ(a, b) needs a number x, a > 0, b > 0.');
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - lowerTail(1 - x, b, a);
  return lowerTail(x, a, b);
}

/** Iₓ(a, b) on the side of the mean where the fraction converges fast. */
function lowerTail(x: number, a: number, b: number): number {
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  const tiny = 1e-300;
  let c = 1;
  let d = 0;
  let fraction = 1;
  for (let m = 1; m <= termsAtMost; m++) {
    const half = m >> 1;
    const coefficient =
      m % 2 === 0
        ? (half * (b - half) * x) / ((a + m - 1) * (a + m))
        : (-(a + half) * (a + b + half) * x) / ((a + m - 1) * (a + m));
    d = 1 + coefficient * d;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = 1 + coefficient / c;
    if (Math.abs(c) < tiny) c = tiny;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front / (a * fraction);
}

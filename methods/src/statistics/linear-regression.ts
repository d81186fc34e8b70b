// A straight line through points, with the interval of its slope.
import { checkPairs } from './check-pairs.ts';
import { mean } from './mean.ts';
import { studentTCdf, studentTQuantile } from './student-t.ts';

export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** The slope's t-interval. */
  readonly low: number;
  readonly high: number;
  readonly standardError: number;
  /** Two-sided, of a slope of 0. */
  readonly pValue: number;
  /** The share of y's variance that the line explains; 1 for a constant y, which it meets exactly. */
  readonly rSquared: number;
}

/**
 * Least squares of y on x: ŷ = intercept + slope·x, slope = Sxy/Sxx, its standard error √(RSS/((n − 2)·Sxx)).
 * @param level coverage of the slope's interval, 0.95 when left out
 * @throws RangeError for fewer than 3 points, different lengths, a value that is not finite, a constant x, or a level
 * outside (0, 1)
 */
export function linearRegression(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): Line {
  checkPairs(x, y, 3);
  if (!(level > 0 && level < 1)) throw new RangeError('A level lies between 0 and 1.');
  const n = x.length;
  const meanX = mean(x);
  const meanY = mean(y);
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i] ?? 0) - meanX;
    const dy = (y[i] ?? 0) - meanY;
    sxx += dx * dx;
    syy += dy * dy;
    sxy += dx * dy;
  }
  if (sxx === 0) throw new RangeError('A constant x has no slope.');
  const slope = sxy / sxx;
  const intercept = meanY - slope * meanX;
  let residuals = 0;
  for (let i = 0; i < n; i++) residuals += ((y[i] ?? 0) - intercept - slope * (x[i] ?? 0)) ** 2;
  const standardError = Math.sqrt(residuals / ((n - 2) * sxx));
  const half = studentTQuantile(0.5 + level / 2, n - 2) * standardError;
  return {
    slope,
    intercept,
    low: slope - half,
    high: slope + half,
    standardError,
    pValue: slope === 0 ? 1 : 2 * studentTCdf(-Math.abs(slope) / standardError, n - 2),
    rSquared: syy === 0 ? 1 : Math.max(0, 1 - residuals / syy),
  };
}

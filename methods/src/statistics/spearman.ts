// Rank correlation with an interval, for relations that are monotone and not straight.
import { pcg32 } from '../random/pcg32.ts';
import { checkPairs } from './check-pairs.ts';
import { mean } from './mean.ts';
import { normalQuantile } from './normal.ts';
import { quantileOfSorted } from './quantile.ts';
import { midRanks } from './ranks.ts';
import { studentTCdf } from './student-t.ts';

export interface SpearmanOptions {
  /** `fisher` (when left out) on Fisher's z; `bootstrap` resamples the pairs. */
  readonly interval?: 'fisher' | 'bootstrap';
  /** Coverage, 0.95 when left out. */
  readonly level?: number;
  /** For the bootstrap: 10,000 when left out. */
  readonly resamples?: number;
  readonly seed?: number;
}

export interface Correlation {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, of no correlation, by t with n − 2 degrees of freedom: an approximation below about 10 pairs. */
  readonly pValue: number;
}

/**
 * Spearman's ρ: Pearson's correlation of the mid ranks. Fisher's interval uses the standard error
 * √((1 + ρ²/2)/(n − 3)) of Bonett & Wright; a resample in which one side is constant is drawn again.
 * @param x one number a pair
 * @param y the other, as many
 * @throws RangeError for fewer than 4 pairs, different lengths, a value that is not finite, a constant side, or options
 * out of range
 * @see Spearman 1904; Bonett & Wright 2000, https://doi.org/10.1007/BF02294183
 */
export function spearman(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: SpearmanOptions = {},
): Correlation {
  const { interval = 'fisher', level = 0.95, resamples = 10_000, seed = 1 } = options;
  checkPairs(x, y, 4);
  if (!(level > 0 && level < 1)) throw new RangeError('A level lies between 0 and 1.');
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError('Resamples are a whole number from 1 up.');
  }
  const estimate = rankCorrelation(x, y);
  if (estimate === undefined) throw new RangeError('A constant side has no correlation.');
  const n = x.length;
  const [low, high] =
    interval === 'fisher'
      ? fisherInterval(estimate, n, level)
      : bootstrapInterval(x, y, level, resamples, seed);
  const t = Math.abs(estimate) * Math.sqrt((n - 2) / Math.max(0, 1 - estimate * estimate));
  return { estimate, low, high, pValue: 2 * studentTCdf(-t, n - 2) };
}

function fisherInterval(estimate: number, n: number, level: number): [number, number] {
  const half = normalQuantile(0.5 + level / 2) * Math.sqrt((1 + estimate ** 2 / 2) / (n - 3));
  const z = Math.atanh(estimate);
  return [Math.tanh(z - half), Math.tanh(z + half)];
}

function bootstrapInterval(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  level: number,
  resamples: number,
  seed: number,
): [number, number] {
  const random = pcg32(seed);
  const n = x.length;
  const drawnX = new Float64Array(n);
  const drawnY = new Float64Array(n);
  const found = new Float64Array(resamples);
  for (let b = 0; b < resamples; ) {
    for (let i = 0; i < n; i++) {
      const pair = random.nextBelow(n);
      drawnX[i] = x[pair] ?? 0;
      drawnY[i] = y[pair] ?? 0;
    }
    const estimate = rankCorrelation(drawnX, drawnY);
    if (estimate !== undefined) found[b++] = estimate;
  }
  found.sort();
  return [quantileOfSorted(found, (1 - level) / 2), quantileOfSorted(found, (1 + level) / 2)];
}

/** Pearson's correlation of the mid ranks, undefined when a side is constant. */
function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  const ranksX = midRanks(x);
  const ranksY = midRanks(y);
  const centre = mean(ranksX);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const [i, rank] of ranksX.entries()) {
    const a = rank - centre;
    const b = (ranksY[i] ?? 0) - centre;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  if (xx === 0 || yy === 0) return undefined;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

// How far two orders agree, counted in pairs: for rankings of a handful of methods.
import { checkPairs } from './check-pairs.ts';
import { normalCdf } from './normal.ts';
import { tieSizes } from './ranks.ts';

export interface KendallTau {
  /** τ_b in [−1, 1]: ties on a side shrink what it is divided by. */
  readonly tau: number;
  /** Two-sided, of independence. */
  readonly pValue: number;
  /** Whether the p-value is exact (no ties, at most 50 pairs) or by the normal approximation with ties. */
  readonly exact: boolean;
}

/** Without ties, up to this many pairs, the distribution of concordant pairs is counted. */
const exactUpTo = 50;

/**
 * Kendall's τ_b = (concordant − discordant) / √((n₀ − n₁)(n₀ − n₂)), n₀ = n(n−1)/2 and n₁, n₂ the pairs tied on a side.
 * Takes n² time.
 * @param x one number a pair
 * @param y the other, as many
 * @throws RangeError for fewer than 2 pairs, different lengths, a value that is not finite, or a constant side
 * @see Kendall 1938; Kendall 1970, Rank Correlation Methods, for ties and the exact count
 */
export function kendallTau(x: ArrayLike<number>, y: ArrayLike<number>): KendallTau {
  checkPairs(x, y, 2);
  const n = x.length;
  let score = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      score += Math.sign((x[i] ?? 0) - (x[j] ?? 0)) * Math.sign((y[i] ?? 0) - (y[j] ?? 0));
    }
  }
  const pairs = (n * (n - 1)) / 2;
  const tiesX = tieSizes(x);
  const tiesY = tieSizes(y);
  const tiedX = tiedPairs(tiesX);
  const tiedY = tiedPairs(tiesY);
  if (tiedX === pairs || tiedY === pairs) throw new RangeError('A constant side has no order.');
  const tau = score / Math.sqrt((pairs - tiedX) * (pairs - tiedY));
  const exact = tiedX === 0 && tiedY === 0 && n <= exactUpTo;
  const pValue = exact ? exactPValue(score, n) : normalPValue(score, n, tiesX, tiesY);
  return { tau: Math.max(-1, Math.min(1, tau)), pValue, exact };
}

function tiedPairs(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

/** P(|S| ≥ |s|): the share of orders by their number of inversions, built up one item after the other. */
function exactPValue(score: number, n: number): number {
  const pairs = (n * (n - 1)) / 2;
  let shares = new Float64Array(pairs + 1);
  shares[0] = 1;
  for (let items = 2; items <= n; items++) {
    const next = new Float64Array(pairs + 1);
    for (let inversions = 0; inversions <= (items * (items - 1)) / 2; inversions++) {
      let sum = 0;
      for (let added = 0; added < items && added <= inversions; added++)
        sum += shares[inversions - added] ?? 0;
      next[inversions] = sum / items;
    }
    shares = next;
  }
  const fewest = (pairs - Math.abs(score)) / 2;
  let tail = 0;
  for (let inversions = 0; inversions <= fewest; inversions++) tail += shares[inversions] ?? 0;
  return Math.min(1, 2 * tail);
}

/** By the variance of S under independence with ties on both sides (Kendall 1970, ch. 4). */
function normalPValue(score: number, n: number, tiesX: readonly number[], tiesY: readonly number[]): number {
  const sumOver = (sizes: readonly number[], term: (t: number) => number) =>
    sizes.reduce((sum, size) => sum + term(size), 0);
  const cubic = (t: number) => t * (t - 1) * (2 * t + 5);
  const double = (t: number) => t * (t - 1);
  const triple = (t: number) => t * (t - 1) * (t - 2);
  let variance = (cubic(n) - sumOver(tiesX, cubic) - sumOver(tiesY, cubic)) / 18;
  variance += (sumOver(tiesX, double) * sumOver(tiesY, double)) / (2 * n * (n - 1));
  if (n > 2) variance += (sumOver(tiesX, triple) * sumOver(tiesY, triple)) / (9 * triple(n));
  return Math.min(1, 2 * normalCdf(-Math.abs(score) / Math.sqrt(variance)));
}

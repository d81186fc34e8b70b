// The quantile of a sample, as the bootstrap intervals read it.

/**
 * The p-quantile of ascending values, linear between neighbours (Hyndman & Fan 1996, type 7: R's and NumPy's default).
 * @param sorted ascending values
 * @param p in [0, 1]
 * @throws RangeError for no values or p outside [0, 1]
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('An empty sample has no quantile.');
  if (!(p >= 0 && p <= 1)) throw new RangeError('A probability lies in [0, 1].');
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? 0;
  return low + (place - below) * (high - low);
}

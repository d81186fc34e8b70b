// Scores of one teacher on one collection brought to [0, 1], so that a temperature means the same everywhere.

/**
 * Clips to the given percentiles and maps them to 0 and 1. Scores that are all equal become 0.
 * @param lo lower percentile in [0, 100], 1 when left out; `hi` the upper, 99
 * @throws RangeError for no scores, a score that is not finite, or percentiles out of order
 * @see https://arxiv.org/abs/2502.19712, score normalisation; percentiles as Hyndman & Fan 1996, type 7
 */
export function percentileNormalize(scores: ArrayLike<number>, lo = 1, hi = 99): Float64Array {
  if (!(lo >= 0 && hi <= 100 && lo < hi)) throw new RangeError('Percentiles rise within [0, 100].');
  const values = Float64Array.from(scores);
  if (values.length === 0 || !values.every(Number.isFinite)) {
    throw new RangeError('There is at least one score and every score is a finite number.');
  }
  const sorted = values.toSorted();
  const bottom = percentile(sorted, lo);
  const range = percentile(sorted, hi) - bottom;
  return values.map((value) => (range === 0 ? 0 : Math.min(1, Math.max(0, (value - bottom) / range))));
}

function percentile(sorted: Float64Array, p: number): number {
  const place = (p / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (place - Math.floor(place)) * (above - below);
}

// Mean and spread of a sample: what every interval and every test here starts from.

/**
 * Arithmetic mean.
 * @throws RangeError for an empty sample
 */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('An empty sample has no mean.');
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
}

/**
 * Unbiased sample variance, Σ(x − x̄)² / (n − 1).
 * @throws RangeError for fewer than two values
 */
export function sampleVariance(values: ArrayLike<number>): number {
  if (values.length < 2) throw new RangeError('A variance needs at least two values.');
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] ?? 0) - centre) ** 2;
  return sum / (values.length - 1);
}

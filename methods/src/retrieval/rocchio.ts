// Rocchio's query: moved towards the mean of the documents that came first.

export interface RocchioOptions {
  /** Weight of the query, 1 when left out. */
  readonly alpha?: number;
  /** Weight of the mean feedback document, 0.75 when left out. */
  readonly beta?: number;
}

/**
 * q′ = αq + (β/k) Σ dᵢ, not normalised; αq without documents.
 * @throws RangeError when a document has another number of dimensions than the query
 * @see Rocchio 1971, Relevance feedback in information retrieval; Manning et al. 2008, eq. 9.3 without negatives
 */
export function rocchio(
  query: ArrayLike<number>,
  docs: readonly ArrayLike<number>[],
  { alpha = 1, beta = 0.75 }: RocchioOptions = {},
): Float32Array {
  const moved = Float64Array.from(query, (value) => alpha * value);
  for (const doc of docs) {
    if (doc.length !== moved.length) throw new RangeError('Query and documents have the same dimensions.');
    for (let i = 0; i < moved.length; i++) moved[i] = (moved[i] ?? 0) + (beta / docs.length) * (doc[i] ?? 0);
  }
  return Float32Array.from(moved);
}

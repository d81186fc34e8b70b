// Vector feedback: the query moves towards the mean of its first results.
import { rocchio } from '@offprint/methods';

/** How far: α for the query itself, β for the mean of `depth` first results. */
export interface RocchioSettings {
  readonly depth: number;
  readonly alpha: number;
  readonly beta: number;
}

/**
 * Rocchio's reformulation in a vector space, without the negative term: q′ = norm(α q + β · mean(d₁…d_k)).
 * Rocchio 1971, Relevance Feedback in Information Retrieval; for dense retrievers Li et al. 2021, Pseudo
 * Relevance Feedback with Deep Language Models and Dense Retrievers, §3.2.
 *
 * @param query unit vector.
 * @param documents unit vectors of the first results, best first; those past `depth` are ignored.
 * @returns a unit vector; the query itself where there is no document.
 */
export function vectorRocchio(
  query: Float32Array,
  documents: readonly Float32Array[],
  { depth, alpha, beta }: RocchioSettings,
): Float32Array {
  const used = documents.slice(0, depth);
  if (used.length === 0) return query;
  const moved = rocchio(query, used, { alpha, beta });
  const norm = Math.hypot(...moved);
  return norm > 0 ? moved.map((value) => value / norm) : query;
}

// What a system returns: ranked documents, in one order that equal scores cannot change.
import { SearchError } from '../errors.ts';

/** A document id and its score. */
export type ScoredDocument = readonly [id: string, score: number];

/** Ranked lists by query id, as TREC calls them. */
export type Run = ReadonlyMap<string, readonly ScoredDocument[]>;

/**
 * Descending score, equal scores by id in code unit order, cut at `depth`.
 * @throws SearchError `bad-input` when an id stands twice or a score is not a finite number
 */
export function ranked(results: readonly ScoredDocument[], depth: number): ScoredDocument[] {
  const seen = new Set<string>();
  for (const [id, score] of results) {
    if (seen.has(id)) throw new SearchError('bad-input', `The document "${id}" is in one ranking twice.`);
    if (!Number.isFinite(score))
      throw new SearchError('bad-input', `The score of "${id}" is not a finite number.`);
    seen.add(id);
  }
  return results
    .toSorted(([a, left], [b, right]) => (left === right ? (a < b ? -1 : 1) : left > right ? -1 : 1))
    .slice(0, depth);
}

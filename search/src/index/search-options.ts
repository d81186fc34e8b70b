// What a search may be asked beside its query, and what it answers.
import type { Bitset } from '../bitset.ts';
import type { SearchSort } from '../engine/answer.ts';
import type { Replacement } from './query-plan.ts';
import type { Matched } from './window-scorer.ts';

export interface SearchOptions {
  /** At most so many hits. */
  readonly limit: number;
  /** Hits left out before them. */
  readonly offset?: number;
  /** Only papers whose ordinals are in here. */
  readonly accept?: Bitset;
  /**
   * By relevance, the default, a paper may match any of the words. By date (newest first, undated last) or votes
   * it must hold all of them. Equals come by id.
   */
  readonly sort?: SearchSort;
}

export interface SearchHit {
  readonly ordinal: number;
  readonly id: string;
  /** How well the words match; 0 where the filter alone decides. */
  readonly score: number;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** A lower bound where it is not exact: what cannot be among the best is not counted. See `SearchIndex.matching`. */
  readonly matched: Matched;
  /** Words that no paper holds, and what was searched for instead. */
  readonly replaced: readonly Replacement[];
}

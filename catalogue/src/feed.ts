// Reading feed days: which papers were listed from one day to another, filtered, sorted and paged.
import type { FeedEntry } from './paper.ts';
import type { Feed } from './record.ts';

/**
 * Attention that fades: `log2(1 + upvotes + commentWeight * comments) - age in days / halfLifeDays`.
 * Two papers keep their order as time passes, whatever `now` is, so the query needs none.
 */
export interface DecayedAttention {
  readonly commentWeight: number;
  readonly halfLifeDays: number;
}

export type FeedSort = 'votes' | 'newest' | { readonly trending: DecayedAttention };

export interface FeedQuery {
  /** First and last feed day, both included, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly feed?: Feed;
  /** arXiv categories such as `cs.LG`, or archives such as `cs`; a paper with any of them stays. */
  readonly include?: readonly string[];
  /** A paper with any of these goes. */
  readonly exclude?: readonly string[];
  /** Whether papers that were only cross-listed on the day are shown. */
  readonly crossLists: boolean;
  /** Whether replaced versions are shown; they are never new papers. */
  readonly replacements: boolean;
  readonly hasCode: boolean;
  /** Only what this submitter listed. */
  readonly submitter?: string;
  readonly sort: FeedSort;
  readonly limit: number;
  readonly offset: number;
}

export interface FeedPage {
  /** A paper listed several times in the range stands once, under its newest listing, `daily` first. */
  readonly entries: readonly FeedEntry[];
  /** How many papers match, over all pages. */
  readonly total: number;
}

// What the catalogue tells about papers: the shapes that every reading room gets. `null` means unknown.
import type { Announce, Feed } from './record.ts';

export interface Author {
  readonly name: string;
  readonly affiliation: string | null;
}

export interface Link {
  readonly kind: 'code' | 'project';
  readonly url: string;
  readonly stars: number | null;
}

export interface Summary {
  readonly kind: 'ours' | 'upstream';
  readonly body: string;
  readonly keywords: readonly string[];
}

export interface Version {
  readonly number: number;
  readonly submittedAt: string | null;
  readonly sizeBytes: number | null;
}

export interface Submitter {
  readonly name: string;
  readonly fullname: string | null;
  readonly upstreamId: string | null;
  readonly kind: string;
}

export interface Listing {
  /** Calendar date in the feed's zone, `YYYY-MM-DD`. */
  readonly day: string;
  readonly feed: Feed;
  readonly announce: Announce;
  readonly position: number | null;
  readonly submittedBy: Submitter | null;
  readonly submittedAt: string | null;
}

export interface Organization {
  readonly name: string;
  readonly fullname: string | null;
  readonly avatarUrl: string | null;
}

/** A paper as a card in a list needs it: everything but versions, other listings and aliases. */
export interface PaperCard {
  readonly id: string;
  readonly title: string;
  readonly abstract: string | null;
  readonly authorCount: number;
  /** In printed order; empty when only the number is known. */
  readonly authors: readonly Author[];
  /** Instants in UTC, ISO 8601 with milliseconds and `Z`. */
  readonly publishedAt: string | null;
  readonly updatedAt: string | null;
  readonly firstSeenAt: string;
  readonly primaryCategory: string | null;
  readonly categories: readonly string[];
  readonly comment: string | null;
  readonly journalRef: string | null;
  readonly doi: string | null;
  /** The licence's address. */
  readonly licence: string | null;
  readonly withdrawn: boolean;
  readonly thumbnailUrl: string | null;
  readonly mediaUrls: readonly string[];
  readonly organization: Organization | null;
  readonly links: readonly Link[];
  readonly summaries: readonly Summary[];
  readonly upvotes: number;
  readonly commentCount: number;
}

export interface Paper extends PaperCard {
  readonly versions: readonly Version[];
  /** Newest day first. */
  readonly listings: readonly Listing[];
  readonly aliases: readonly string[];
}

export interface FeedEntry {
  readonly paper: PaperCard;
  readonly listing: Listing;
}

// What the catalogue knows of one paper, as plain values: the state that records change and tables hold.

/** A paper as the tables hold it, without the sequence of its changes. */
export interface PaperState {
  readonly paper: PaperRow;
  readonly authors: readonly { readonly name: string; readonly affiliation: string | null }[];
  readonly versions: readonly {
    readonly number: number;
    readonly submittedAt: string | null;
    readonly sizeBytes: number | null;
  }[];
  readonly links: readonly {
    readonly kind: 'code' | 'project';
    readonly url: string;
    readonly stars: number | null;
  }[];
  readonly summaries: readonly {
    readonly kind: 'ours' | 'upstream';
    readonly body: string;
    readonly keywords: readonly string[];
  }[];
  readonly tally: { readonly upvotes: number; readonly comments: number } | null;
  readonly listings: readonly ListingState[];
}

export interface PaperRow {
  readonly paper_id: string;
  readonly title: string;
  readonly abstract: string | null;
  readonly author_count: number;
  readonly published_at: string | null;
  readonly updated_at: string | null;
  readonly primary_category: string | null;
  readonly categories: readonly string[];
  readonly comment: string | null;
  readonly journal_ref: string | null;
  readonly doi: string | null;
  readonly licence: string | null;
  readonly withdrawn: boolean;
  readonly thumbnail_url: string | null;
  readonly media_urls: readonly string[];
  readonly organization_name: string | null;
  readonly authority: number;
}

export interface ListingState {
  readonly day: string;
  readonly feed: 'daily' | 'arxiv';
  readonly announce: 'new' | 'cross' | 'replace' | 'replace-cross';
  readonly position: number | null;
  readonly submittedBy: string | null;
  readonly submittedAt: string | null;
}

/** The state of a paper before anything was heard of it. */
export const nothing: PaperState = {
  paper: {
    paper_id: '',
    title: '',
    abstract: null,
    author_count: 0,
    published_at: null,
    updated_at: null,
    primary_category: null,
    categories: [],
    comment: null,
    journal_ref: null,
    doi: null,
    licence: null,
    withdrawn: false,
    thumbnail_url: null,
    media_urls: [],
    organization_name: null,
    authority: 0,
  },
  authors: [],
  versions: [],
  links: [],
  summaries: [],
  tally: null,
  listings: [],
};

// Papers for tests: everything unknown but what the test is about.
import type { Paper } from '@offprint/catalogue';

export type PaperSketch = Partial<Omit<Paper, 'authors'>> & { readonly authors?: readonly string[] };

/** A paper that knows only what it is given. */
export function paperOf(sketch: PaperSketch = {}): Paper {
  const { authors = [], ...rest } = sketch;
  return {
    id: '2601.00001',
    title: 'A Paper',
    abstract: null,
    authorCount: authors.length,
    authors: authors.map((name) => ({ name, affiliation: null })),
    publishedAt: null,
    updatedAt: null,
    firstSeenAt: '2026-02-06T00:00:00.000Z',
    primaryCategory: null,
    categories: [],
    comment: null,
    journalRef: null,
    doi: null,
    licence: null,
    withdrawn: false,
    thumbnailUrl: null,
    mediaUrls: [],
    organization: null,
    links: [],
    summaries: [],
    upvotes: 0,
    commentCount: 0,
    versions: [],
    listings: [],
    aliases: [],
    ...rest,
  };
}

// Two papers that turn out to be one: what stood under the other id comes along.
import type { PaperRow, PaperState } from './paper-state.ts';
import { completeVersion, fillListing, listingKey, mergeBy, versionKey } from './state-parts.ts';

/**
 * A paper and what stood under another id of the same paper, as one: gaps are filled, days and summaries
 * come along, of two counts the larger stays.
 */
export function absorb(paper: PaperState, duplicate: PaperState): PaperState {
  const tallies = [paper.tally, duplicate.tally].filter((tally) => tally !== null);
  const authors = paper.authors.length > 0 ? paper.authors : duplicate.authors;
  return {
    paper: fillGaps(paper.paper, duplicate.paper, authors.length),
    authors,
    versions: mergeBy(duplicate.versions, paper.versions, versionKey, completeVersion),
    links: mergeBy(duplicate.links, paper.links, ({ kind }) => kind),
    summaries: mergeBy(duplicate.summaries, paper.summaries, ({ kind }) => kind),
    listings: mergeBy(duplicate.listings, paper.listings, listingKey, fillListing),
    tally:
      tallies.length === 0
        ? null
        : {
            upvotes: Math.max(...tallies.map(({ upvotes }) => upvotes)),
            comments: Math.max(...tallies.map(({ comments }) => comments)),
          },
  };
}

function fillGaps(own: PaperRow, other: PaperRow, namedAuthors: number): PaperRow {
  const known = <T>(mine: readonly T[], theirs: readonly T[]): readonly T[] =>
    mine.length > 0 ? mine : theirs;
  return {
    ...own,
    abstract: own.abstract ?? other.abstract,
    author_count: namedAuthors || own.author_count || other.author_count,
    published_at: own.published_at ?? other.published_at,
    updated_at: own.updated_at ?? other.updated_at,
    primary_category: own.primary_category ?? other.primary_category,
    categories: known(own.categories, other.categories),
    comment: own.comment ?? other.comment,
    journal_ref: own.journal_ref ?? other.journal_ref,
    doi: own.doi ?? other.doi,
    licence: own.licence ?? other.licence,
    thumbnail_url: own.thumbnail_url ?? other.thumbnail_url,
    media_urls: known(own.media_urls, other.media_urls),
    organization_name: own.organization_name ?? other.organization_name,
  };
}

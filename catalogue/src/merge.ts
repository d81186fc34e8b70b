// What a record changes about a paper: a pure function from what is known and what is told to what holds now.
import { type ListingState, nothing, type PaperState } from './paper-state.ts';
import type { ListingRecord, PaperRecord } from './record.ts';
import { completeVersion, fillListing, listingKey, mergeBy, versionKey } from './state-parts.ts';

/**
 * The paper after a record of a source with this authority has been heard.
 *
 * Title, abstract, authors and categories follow the most believed source, and among equals the latest; a
 * lesser one only fills gaps. Everything else is additive: a field that the record leaves out keeps its
 * value. Hearing the same record twice changes nothing.
 *
 * @param known what the catalogue holds, or `undefined` for a new paper.
 * @param id the id under which the paper stands, which may differ from `record.id` by an alias.
 */
export function mergeRecord(
  known: PaperState | undefined,
  record: PaperRecord,
  authority: number,
  id = record.id,
): PaperState {
  const before = known ?? nothing;
  const old = before.paper;
  const believed = authority >= old.authority;
  const told = <T>(value: T | undefined, current: T, isGap: boolean): T =>
    value !== undefined && (believed || isGap) ? value : current;

  const authors = told(
    record.authors?.map(({ name, affiliation }) => ({ name, affiliation: affiliation ?? null })),
    before.authors,
    before.authors.length === 0,
  );
  const namedAuthors = authors.length > 0 ? authors.length : undefined;
  return {
    paper: {
      paper_id: id,
      title: told(record.title, old.title, old.title === ''),
      abstract: told(record.abstract, old.abstract, old.abstract === null),
      author_count: namedAuthors ?? told(record.authorCount, old.author_count, old.author_count === 0),
      published_at: told(instant(record.publishedAt), old.published_at, old.published_at === null),
      updated_at: told(instant(record.updatedAt), old.updated_at, old.updated_at === null),
      primary_category: told(record.primaryCategory, old.primary_category, old.primary_category === null),
      categories: told(record.categories, old.categories, old.categories.length === 0),
      comment: told(record.comment, old.comment, old.comment === null),
      journal_ref: told(record.journalRef, old.journal_ref, old.journal_ref === null),
      doi: told(record.doi, old.doi, old.doi === null),
      licence: told(record.licence, old.licence, old.licence === null),
      withdrawn: told(record.withdrawn, old.withdrawn, false),
      thumbnail_url: record.thumbnailUrl ?? old.thumbnail_url,
      media_urls: record.mediaUrls ?? old.media_urls,
      organization_name: record.organization?.name ?? old.organization_name,
      authority: Math.max(authority, old.authority),
    },
    authors,
    versions: mergeVersions(before.versions, record.versions ?? []),
    links: mergeBy(
      before.links,
      (record.links ?? []).map(({ kind, url, stars }) => ({
        kind,
        url,
        stars: stars ?? before.links.find((link) => link.kind === kind && link.url === url)?.stars ?? null,
      })),
      ({ kind }) => kind,
    ),
    summaries: mergeBy(
      before.summaries,
      (record.summaries ?? []).map(({ kind, body, keywords }) => ({ kind, body, keywords: keywords ?? [] })),
      ({ kind }) => kind,
    ),
    tally:
      record.upvotes === undefined && record.commentCount === undefined
        ? before.tally
        : {
            upvotes: record.upvotes ?? before.tally?.upvotes ?? 0,
            comments: record.commentCount ?? before.tally?.comments ?? 0,
          },
    listings: mergeBy(before.listings, (record.listings ?? []).map(listingState), listingKey, fillListing),
  };
}

/** A listing as the tables hold it. */
export function listingState(listing: ListingRecord): ListingState {
  return {
    day: listing.day,
    feed: listing.feed,
    announce: listing.announce,
    position: listing.position ?? null,
    submittedBy: listing.submittedBy?.name ?? null,
    submittedAt: instant(listing.submittedAt) ?? null,
  };
}

/** Versions add up; a later telling of the same version completes it. */
function mergeVersions(
  known: PaperState['versions'],
  told: NonNullable<PaperRecord['versions']>,
): PaperState['versions'] {
  return mergeBy(
    known,
    told.map(({ number, submittedAt, sizeBytes }) => ({
      number,
      submittedAt: instant(submittedAt) ?? null,
      sizeBytes: sizeBytes ?? null,
    })),
    versionKey,
    completeVersion,
  );
}

/** One spelling of an instant, so that equal instants compare equal. */
function instant(text: string | undefined): string | undefined {
  return text === undefined ? undefined : new Date(text).toISOString();
}

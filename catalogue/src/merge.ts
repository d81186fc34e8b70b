// What a record changes about a paper: a pure function from what is known and what is told to what holds now.
import type { ListingRecord, PaperRecord } from './record.ts';

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

const nothing: PaperState = {
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

const listingKey = ({ day, feed }: ListingState): string => `${day} ${feed}`;

type VersionState = PaperState['versions'][number];

const versionKey = ({ number }: VersionState): string => String(number).padStart(5, '0');

const completeVersion = (older: VersionState, newer: VersionState): VersionState => ({
  number: newer.number,
  submittedAt: newer.submittedAt ?? older.submittedAt,
  sizeBytes: newer.sizeBytes ?? older.sizeBytes,
});

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

function fillListing(older: ListingState, newer: ListingState): ListingState {
  return {
    ...newer,
    // A paper that was new on a day stays new on it, whichever archive's announcement is read later.
    announce: rank(older.announce) <= rank(newer.announce) ? older.announce : newer.announce,
    position: newer.position ?? older.position,
    submittedBy: newer.submittedBy ?? older.submittedBy,
    submittedAt: newer.submittedAt ?? older.submittedAt,
  };
}

const rank = (announce: ListingState['announce']): number =>
  ['new', 'cross', 'replace', 'replace-cross'].indexOf(announce);

function mergeBy<T>(
  known: readonly T[],
  told: readonly T[],
  key: (item: T) => string,
  combine: (older: T, newer: T) => T = (_, newer) => newer,
): T[] {
  const byKey = new Map(known.map((item) => [key(item), item]));
  for (const item of told) {
    const older = byKey.get(key(item));
    byKey.set(key(item), older === undefined ? item : combine(older, item));
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

/** One spelling of an instant, so that equal instants compare equal. */
function instant(text: string | undefined): string | undefined {
  return text === undefined ? undefined : new Date(text).toISOString();
}

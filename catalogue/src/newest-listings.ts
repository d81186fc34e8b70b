// The newest listings of the whole catalogue: read from the newest day backwards, so that the cost is that of the page and not of all that was ever listed.
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { type FeedQuery, readFeed } from './feed.ts';
import type { FeedEntry } from './paper.ts';

/** Before any listing. */
const beginning = '0001-01-01';

/**
 * One page of everything listed up to a feed day, newest first: what `readFeed` gives for the whole range, without reading it.
 *
 * @returns the entries, and whether there are more behind them.
 */
export async function readNewestListings(
  db: Database,
  query: Omit<FeedQuery, 'from' | 'sort'>,
): Promise<{ readonly entries: readonly FeedEntry[]; readonly hasMore: boolean }> {
  const wanted = query.offset + query.limit + 1;
  // A submitter's listings are few and have an index of their own.
  for (
    let listings = query.submitter === undefined ? 4 * wanted : Number.POSITIVE_INFINITY;
    ;
    listings *= 4
  ) {
    const from = Number.isFinite(listings) ? await dayOfListing(db, query.to, listings) : undefined;
    const page = await readFeed(db, { ...query, from: from ?? beginning, sort: 'newest' });
    // A paper stands under its newest listing, so days further back cannot change a page that is full.
    if (page.total >= wanted || from === undefined)
      return { entries: page.entries, hasMore: page.total >= wanted };
  }
}

/** The day on which the `count`-th listing stands, counted backwards from a day; `undefined` when there are fewer. */
async function dayOfListing(db: Database, to: string, count: number): Promise<string | undefined> {
  const { rows } = await sql<{ day: string }>`
    select day from listing where day <= ${to} order by day desc offset ${count} limit 1`.execute(db);
  return rows[0]?.day;
}

// The tables of a set of papers, read as one state each and written back where a state has changed.
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { ListingState, PaperRow, PaperState } from './paper-state.ts';
import type { Tables } from './tables.ts';

/** Reads what the catalogue holds about these papers, by id. */
export async function readStates(
  transaction: Transaction<Tables>,
  ids: readonly string[],
): Promise<Map<string, PaperState>> {
  const papers = await transaction
    .selectFrom('paper')
    .selectAll()
    .where('paper_id', 'in', ids.length > 0 ? ids : [''])
    .execute();
  if (papers.length === 0) return new Map();
  const known = papers.map(({ paper_id }) => paper_id);
  // One connection answers one query at a time; asking them together only saves the waiting in between.
  const [authors, versions, links, summaries, tallies, listings] = await Promise.all([
    transaction
      .selectFrom('authorship')
      .selectAll()
      .where('paper_id', 'in', known)
      .orderBy('position')
      .execute(),
    transaction.selectFrom('version').selectAll().where('paper_id', 'in', known).orderBy('number').execute(),
    transaction.selectFrom('link').selectAll().where('paper_id', 'in', known).orderBy('kind').execute(),
    transaction.selectFrom('summary').selectAll().where('paper_id', 'in', known).orderBy('kind').execute(),
    transaction.selectFrom('tally').selectAll().where('paper_id', 'in', known).execute(),
    transaction
      .selectFrom('listing')
      .selectAll()
      .where('paper_id', 'in', known)
      .orderBy('day')
      .orderBy('feed')
      .execute(),
  ]);
  const of = {
    authors: Map.groupBy(authors, ({ paper_id }) => paper_id),
    versions: Map.groupBy(versions, ({ paper_id }) => paper_id),
    links: Map.groupBy(links, ({ paper_id }) => paper_id),
    summaries: Map.groupBy(summaries, ({ paper_id }) => paper_id),
    tallies: new Map(tallies.map((tally) => [tally.paper_id, tally])),
    listings: Map.groupBy(listings, ({ paper_id }) => paper_id),
  };
  return new Map(
    papers.map(({ first_seen_at: _, ...paper }): [string, PaperState] => {
      const id = paper.paper_id;
      const tally = of.tallies.get(id);
      return [
        id,
        {
          paper,
          authors: (of.authors.get(id) ?? []).map(({ name, affiliation }) => ({ name, affiliation })),
          versions: (of.versions.get(id) ?? []).map((row) => ({
            number: row.number,
            submittedAt: row.submitted_at,
            sizeBytes: row.size_bytes,
          })),
          links: (of.links.get(id) ?? []).map(({ kind, url, stars }) => ({ kind, url, stars })),
          summaries: (of.summaries.get(id) ?? []).map(({ kind, body, keywords }) => ({
            kind,
            body,
            keywords,
          })),
          tally: tally === undefined ? null : { upvotes: tally.upvotes, comments: tally.comments },
          listings: (of.listings.get(id) ?? []).map(
            (row): ListingState => ({
              day: row.day,
              feed: row.feed,
              announce: row.announce,
              position: row.position,
              submittedBy: row.submitted_by,
              submittedAt: row.submitted_at,
            }),
          ),
        },
      ];
    }),
  );
}

/** A paper that changed: `before` is absent for a new one. */
export interface StateChange {
  readonly before: PaperState | undefined;
  readonly after: PaperState;
}

/** Writes every part that differs, one statement a table whatever the number of papers. */
export async function writeStates(
  transaction: Transaction<Tables>,
  changes: readonly StateChange[],
): Promise<void> {
  await writePapers(
    transaction,
    changes.filter((change) => differs(change, 'paper')).map(({ after }) => after.paper),
  );
  await replaceChildren(transaction, 'authorship', changes, 'authors', (paperId, author, position) => ({
    paper_id: paperId,
    position: position + 1,
    ...author,
  }));
  await replaceChildren(transaction, 'version', changes, 'versions', (paperId, version) => ({
    paper_id: paperId,
    number: version.number,
    submitted_at: version.submittedAt,
    size_bytes: version.sizeBytes,
  }));
  await replaceChildren(transaction, 'link', changes, 'links', (paperId, link) => ({
    paper_id: paperId,
    ...link,
  }));
  await replaceChildren(transaction, 'summary', changes, 'summaries', (paperId, summary) => ({
    paper_id: paperId,
    ...summary,
  }));
  await replaceChildren(transaction, 'listing', changes, 'listings', (paperId, listing) => ({
    day: listing.day,
    paper_id: paperId,
    feed: listing.feed,
    announce: listing.announce,
    position: listing.position,
    submitted_by: listing.submittedBy,
    submitted_at: listing.submittedAt,
  }));
  const tallies = changes
    .filter((change) => differs(change, 'tally'))
    .flatMap(({ after }) =>
      after.tally === null ? [] : [{ paper_id: after.paper.paper_id, ...after.tally }],
    );
  if (tallies.length > 0)
    await sql`insert into tally (paper_id, upvotes, comments)
      select paper_id, upvotes, comments from ${rows(tallies, 'tally')}
      on conflict (paper_id) do update set upvotes = excluded.upvotes, comments = excluded.comments`.execute(
      transaction,
    );
}

async function writePapers(transaction: Transaction<Tables>, papers: readonly PaperRow[]): Promise<void> {
  if (papers.length === 0) return;
  const columns = Object.keys(papers[0] ?? {}).map((column) => sql.ref(column));
  const updates = columns.map((column) => sql`${column} = excluded.${column}`);
  await sql`insert into paper (${sql.join(columns)}) select ${sql.join(columns)} from ${rows(papers, 'paper')}
    on conflict (paper_id) do update set ${sql.join(updates)}`.execute(transaction);
}

type ChildTable = 'authorship' | 'version' | 'link' | 'summary' | 'listing';
type ChildPart = 'authors' | 'versions' | 'links' | 'summaries' | 'listings';

async function replaceChildren<P extends ChildPart>(
  transaction: Transaction<Tables>,
  table: ChildTable,
  changes: readonly StateChange[],
  part: P,
  toRow: (paperId: string, child: PaperState[P][number], position: number) => object,
): Promise<void> {
  const changed = changes.filter((change) => differs(change, part));
  const stale = changed
    .filter(({ before }) => (before?.[part].length ?? 0) > 0)
    .map(({ after }) => after.paper.paper_id);
  if (stale.length > 0)
    await sql`delete from ${sql.table(table)} where paper_id = any(${stale})`.execute(transaction);
  const fresh = changed.flatMap(({ after }) =>
    after[part].map((child, position) => toRow(after.paper.paper_id, child, position)),
  );
  if (fresh.length === 0) return;
  const columns = Object.keys(fresh[0] ?? {}).map((column) => sql.ref(column));
  await sql`insert into ${sql.table(table)} (${sql.join(columns)}) select ${sql.join(columns)} from ${rows(fresh, table)}`.execute(
    transaction,
  );
}

/** Rows as one JSON parameter, typed by the table itself: no limit on their number, one plan for any. */
function rows(values: readonly object[], table: keyof Tables): RawBuilder<unknown> {
  return sql`json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(values)}::json)`;
}

/** Whether a part of the state must be written. Both sides are built with their keys in one order. */
function differs({ before, after }: StateChange, part: keyof PaperState): boolean {
  if (before === undefined) {
    const value = after[part];
    return Array.isArray(value) ? value.length > 0 : value !== null;
  }
  return canonical(before[part]) !== canonical(after[part]);
}

/** Whether anything of the state must be written. */
export function isChanged(change: StateChange): boolean {
  return change.before === undefined || canonical(change.before) !== canonical(change.after);
}

/** JSON with sorted keys: a row from the database and a merged one list their columns in different orders. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

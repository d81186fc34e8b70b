// Reading feed days: which papers were listed from one day to another, filtered, sorted and paged.
import { type RawBuilder, sql } from 'kysely';
import { type CardRow, cardColumns, cardOf, listingJson, listingJsonSchema } from './card-query.ts';
import type { Database } from './database.ts';
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
  /** Shows replaced versions and nothing else; asks for `replacements` too. */
  readonly replacementsOnly?: boolean;
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

/** Reads one page of the papers listed between two feed days. */
export async function readFeed(db: Database, query: FeedQuery): Promise<FeedPage> {
  const { rows } = await sql<CardRow & { listing: unknown; total: number }>`
    with listed as (
      select distinct on (l.paper_id) l.*
      from listing l
      where l.day between ${query.from} and ${query.to} and ${listingFilter(query)}
      order by l.paper_id, l.day desc, (l.feed = 'daily') desc
    ), matching as (
      select l.*, coalesce(t.upvotes, 0) as upvotes, coalesce(t.comments, 0) as comments, p.published_at, count(*) over ()::int as total
      from listed l join paper p using (paper_id) left join tally t using (paper_id)
      where ${paperFilter(query)}
    ), page as (
      select m.*, row_number() over (order by ${order(query.sort)}) as place
      from matching m order by place limit ${query.limit} offset ${query.offset}
    )
    select ${cardColumns}, ${listingJson} as listing, l.total
    from page l join paper p using (paper_id) left join submitter u on u.name = l.submitted_by
    order by l.place`.execute(db);
  const entries = rows.map((row) => ({ paper: cardOf(row), listing: listingJsonSchema.parse(row.listing) }));
  const total =
    rows[0]?.total ?? (query.offset > 0 ? (await readFeed(db, { ...query, offset: 0, limit: 1 })).total : 0);
  return { entries, total };
}

function listingFilter(query: FeedQuery): RawBuilder<unknown> {
  const hidden = [
    ...(query.crossLists ? [] : ['cross', 'replace-cross']),
    ...(query.replacements ? [] : ['replace', 'replace-cross']),
    ...(query.replacementsOnly === true ? ['new', 'cross'] : []),
  ];
  const conditions = [sql`l.announce <> all(${hidden})`];
  if (query.feed !== undefined) conditions.push(sql`l.feed = ${query.feed}`);
  if (query.submitter !== undefined) conditions.push(sql`l.submitted_by = ${query.submitter}`);
  return sql.join(conditions, sql` and `);
}

function paperFilter(query: FeedQuery): RawBuilder<unknown> {
  const conditions = [sql`true`];
  // `cs` means every category of that archive, `cs.LG` itself alone.
  const carries = (names: readonly string[]): RawBuilder<unknown> =>
    sql`exists (select 1 from unnest(p.categories) c where c = any(${names}) or split_part(c, '.', 1) = any(${names}))`;
  if (query.include !== undefined && query.include.length > 0) conditions.push(carries(query.include));
  if (query.exclude !== undefined && query.exclude.length > 0)
    conditions.push(sql`not ${carries(query.exclude)}`);
  if (query.hasCode)
    conditions.push(sql`exists (select 1 from link k where k.paper_id = p.paper_id and k.kind = 'code')`);
  return sql.join(conditions, sql` and `);
}

function order(sort: FeedSort): RawBuilder<unknown> {
  const ties = sql`m.day desc, m.position asc nulls last, m.published_at desc nulls last, m.paper_id`;
  if (sort === 'votes') return sql`m.upvotes desc, m.comments desc, ${ties}`;
  if (sort === 'newest')
    return sql`m.day desc, m.submitted_at desc nulls last, m.published_at desc nulls last, m.position asc nulls last, m.paper_id`;
  const { commentWeight, halfLifeDays } = sort.trending;
  return sql`ln(1 + m.upvotes + ${commentWeight}::float8 * m.comments) / ln(2::float8) + (m.day - date '2000-01-01') / ${halfLifeDays}::float8 desc, ${ties}`;
}

/** The newest day that has a listing, up to and including `onOrBefore` when given. */
export async function newestFeedDay(db: Database, onOrBefore?: string): Promise<string | undefined> {
  const { rows } = await sql<{
    day: string | null;
  }>`select max(day) as day from listing where day <= ${onOrBefore ?? 'infinity'}::date`.execute(db);
  return rows[0]?.day ?? undefined;
}

/** The nearest days with a listing before `from` and after `to`; the way for previous and next past empty days. */
export async function adjacentFeedDays(
  db: Database,
  range: { readonly from: string; readonly to: string },
): Promise<{ previous: string | null; next: string | null }> {
  const { rows } = await sql<{ previous: string | null; next: string | null }>`select
    (select max(day) from listing where day < ${range.from}::date) as previous,
    (select min(day) from listing where day > ${range.to}::date) as next`.execute(db);
  return rows[0] ?? { previous: null, next: null };
}

/** A category of the papers listed between two days, and how many of them carry it. */
export interface CategoryCount {
  readonly category: string;
  readonly papers: number;
}

/** The categories met between two feed days, the most frequent first. */
export async function readFeedCategories(
  db: Database,
  range: { readonly from: string; readonly to: string },
  limit = 30,
): Promise<CategoryCount[]> {
  const { rows } = await sql<CategoryCount>`
    select c as category, count(distinct p.paper_id)::int as papers
    from listing l join paper p using (paper_id), unnest(p.categories) c
    where l.day between ${range.from} and ${range.to}
    group by c order by papers desc, c limit ${limit}`.execute(db);
  return rows;
}

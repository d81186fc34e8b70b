// Every paper's id and last change, month by month: what lists of addresses are made from.
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** How many papers were published in a month; `undated` gathers those without a date. */
export interface MonthCount {
  /** `YYYY-MM` in UTC, or `undated`. */
  readonly month: string;
  readonly papers: number;
}

/** The months in which papers were published, newest first, `undated` last. */
export async function countPapersByMonth(db: Database): Promise<MonthCount[]> {
  const { rows } = await sql<MonthCount>`
    select coalesce(to_char(date_trunc('month', published_at, 'UTC'), 'YYYY-MM'), 'undated') as month, count(*)::int as papers
    from paper group by 1 order by (date_trunc('month', max(published_at), 'UTC')) desc nulls last`.execute(
    db,
  );
  return rows;
}

/** A paper and when it last changed at its source. */
export interface PaperStamp {
  readonly id: string;
  readonly publishedAt: string | null;
  readonly updatedAt: string | null;
}

/**
 * Ids of the papers of a month, newest first.
 *
 * @param month `YYYY-MM`, or `undated`.
 * @param after the last one of the page before; or a number, to skip so many.
 */
export async function listPaperStamps(
  db: Database,
  month: string,
  after: PaperStamp | number,
  limit: number,
): Promise<PaperStamp[]> {
  const start = `${month}-01T00:00:00Z`;
  const within =
    month === 'undated'
      ? sql`published_at is null`
      : sql`published_at >= ${start}::timestamptz and published_at < (${start}::timestamptz at time zone 'UTC' + interval '1 month') at time zone 'UTC'`;
  const behind =
    typeof after === 'number'
      ? sql`true`
      : after.publishedAt === null
        ? sql`paper_id > ${after.id}`
        : sql`(published_at < ${after.publishedAt} or (published_at = ${after.publishedAt} and paper_id > ${after.id}))`;
  const { rows } = await sql<PaperStamp>`
    select paper_id as id, published_at as "publishedAt", updated_at as "updatedAt" from paper
    where ${within} and ${behind} order by published_at desc nulls last, paper_id
    limit ${limit} offset ${typeof after === 'number' ? after : 0}`.execute(db);
  return rows;
}

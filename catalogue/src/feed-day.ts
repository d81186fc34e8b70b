// What each source said about each feed day: the page of an empty day tells its reader why from this.
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { SourceName } from './record.ts';

export type FeedDayOutcome = 'announced' | 'empty' | 'failed';

export interface FeedDayReport {
  /** Calendar date in the feed's zone, `YYYY-MM-DD`. */
  readonly day: string;
  readonly source: string;
  readonly outcome: FeedDayOutcome;
  readonly detail: string | null;
  readonly recordedAt: string;
}

/** Records what a source said. A failure does not undo that the day was read before. */
export async function recordFeedDay(
  db: Database,
  source: SourceName,
  day: string,
  outcome: FeedDayOutcome,
  detail?: string,
): Promise<void> {
  await sql`with s as (insert into source (name) values (${source}) on conflict do nothing)
    insert into feed_day (day, source, outcome, detail) values (${day}, ${source}, ${outcome}, ${detail ?? null})
    on conflict (day, source) do update
      set outcome = excluded.outcome, detail = excluded.detail, recorded_at = now()
      where excluded.outcome <> 'failed' or feed_day.outcome = 'failed'`.execute(db);
}

/** Everything said about the days of a range, both ends included, oldest first. */
export async function readFeedDays(db: Database, from: string, to: string): Promise<FeedDayReport[]> {
  const rows = await db
    .selectFrom('feed_day')
    .selectAll()
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('source')
    .execute();
  return rows.map(({ recorded_at, ...row }) => ({ ...row, recordedAt: recorded_at }));
}

// Where the catalogue is filled from and how that went: sources, their runs, and their state for people to read.
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { OffprintError } from './errors.ts';
import type { SourceName } from './record.ts';
import { storableText } from './storable-text.ts';

export type RunOutcome = 'succeeded' | 'failed' | 'stopped';

export interface RunCounts {
  readonly fetched: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
}

export interface RunRefusal {
  readonly id: string;
  readonly reason: string;
}

export interface IngestRun extends RunCounts {
  readonly runId: number;
  readonly source: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: RunOutcome | null;
  readonly refusals: readonly RunRefusal[];
  readonly error: string | null;
}

export interface SourceStatus {
  readonly name: string;
  readonly lastSuccessAt: string | null;
  readonly lastErrorAt: string | null;
  readonly lastError: string | null;
  readonly nextTryAt: string | null;
  readonly note: string | null;
  readonly lastRun: IngestRun | null;
}

const lockClass = 0x6f_66_66;

async function ensureSource(db: Database, source: SourceName): Promise<void> {
  await db
    .insertInto('source')
    .values({ name: source })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Runs `work` as the only one that ingests from this source, in any process on this database.
 *
 * @param patienceMs how long to wait for another to end; a killed process lets go within moments.
 * @throws OffprintError `conflict` when another is still at it.
 */
export async function withSourceLock<T>(
  db: Database,
  source: SourceName,
  work: () => Promise<T>,
  patienceMs = 5_000,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const { rows } = await sql<{ held: boolean }>`
        select pg_try_advisory_lock(${lockClass}, hashtext(${source})) as held`.execute(connection);
      if (rows[0]?.held === true) break;
      if (performance.now() >= giveUpAt)
        throw new OffprintError(
          'conflict',
          `Another process is ingesting from ${source} right now: wait until it is done.`,
          { field: 'source' },
        );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${lockClass}, hashtext(${source}))`.execute(connection);
    }
  });
}

/** Begins a run. Runs of the source that were left open, because their process was killed, are closed as failed. */
export async function beginRun(db: Database, source: SourceName): Promise<number> {
  await ensureSource(db, source);
  await sql`update ingest_run set ended_at = now(), outcome = 'failed', error = 'The process ended before the run did.'
    where source = ${source} and ended_at is null`.execute(db);
  const { run_id } = await db
    .insertInto('ingest_run')
    .values({ source })
    .returning('run_id')
    .executeTakeFirstOrThrow();
  return run_id;
}

/** Records how far a run has come, for those who look while it is under way. */
export async function saveRunProgress(db: Database, runId: number, counts: RunCounts): Promise<void> {
  await db
    .updateTable('ingest_run')
    .set({
      fetched: counts.fetched,
      created: counts.created,
      updated: counts.updated,
      unchanged: counts.unchanged,
      refused: counts.refused,
    })
    .where('run_id', '=', runId)
    .execute();
}

/** Ends a run and brings its source's status up to date. */
export async function endRun(
  db: Database,
  runId: number,
  end: {
    readonly outcome: RunOutcome;
    readonly counts: RunCounts;
    readonly refusals: readonly RunRefusal[];
    readonly error?: string | undefined;
  },
): Promise<void> {
  const refusals = JSON.stringify(
    end.refusals.map(({ id, reason }) => ({ id: storableText(id), reason: storableText(reason) })),
  );
  const error = end.error === undefined ? null : storableText(end.error);
  await sql`with ended as (
      update ingest_run set ended_at = now(), outcome = ${end.outcome}, error = ${error}, refusals = ${refusals}::jsonb,
        fetched = ${end.counts.fetched}, created = ${end.counts.created}, updated = ${end.counts.updated},
        unchanged = ${end.counts.unchanged}, refused = ${end.counts.refused}
      where run_id = ${runId} returning source)
    update source set
      last_success_at = case when ${end.outcome} = 'succeeded' then now() else last_success_at end,
      last_error_at = case when ${end.outcome} = 'failed' then now() else last_error_at end,
      last_error = case when ${end.outcome} = 'failed' then ${error} else last_error end
    where name = (select source from ended)`.execute(db);
}

/** Says when a source is asked next (`null`: not planned), and anything a person should know about it. */
export async function planNextTry(
  db: Database,
  source: SourceName,
  nextTryAt: string | null,
  note?: string | null,
): Promise<void> {
  await ensureSource(db, source);
  await db
    .updateTable('source')
    .set({ next_try_at: nextTryAt, ...(note === undefined ? {} : { note }) })
    .where('name', '=', source)
    .execute();
}

/** Every source that was ever used or planned, by name, each with its latest run. */
export async function listSources(db: Database): Promise<SourceStatus[]> {
  const sources = await db.selectFrom('source').selectAll().orderBy('name').execute();
  const runs = await db
    .selectFrom('ingest_run')
    .selectAll()
    .distinctOn('source')
    .orderBy('source')
    .orderBy('run_id', 'desc')
    .execute();
  return sources.map((source) => {
    const run = runs.find((candidate) => candidate.source === source.name);
    return {
      name: source.name,
      lastSuccessAt: source.last_success_at,
      lastErrorAt: source.last_error_at,
      lastError: source.last_error,
      nextTryAt: source.next_try_at,
      note: source.note,
      lastRun:
        run === undefined
          ? null
          : {
              runId: run.run_id,
              source: run.source,
              startedAt: run.started_at,
              endedAt: run.ended_at,
              outcome: run.outcome,
              fetched: run.fetched,
              created: run.created,
              updated: run.updated,
              unchanged: run.unchanged,
              refused: run.refused,
              refusals: run.refusals,
              error: run.error,
            },
    };
  });
}

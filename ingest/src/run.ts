// One run of one source: what it was given, what became of it, and the record of both in the catalogue.
import {
  beginRun,
  type Database,
  endRun,
  OffprintError,
  type PaperRecord,
  type RunOutcome,
  type SourceName,
  saveRunProgress,
  storePage,
  withSourceLock,
} from '@offprint/catalogue';
import type { Parsed, Refusal } from './accept-record.ts';
import { mergeMatchedPagePapers } from './match-titles.ts';
import type { PoliteFetch } from './polite-request.ts';

export interface Progress {
  readonly done: number;
  /** Absent when the source does not say how much there is. */
  readonly total?: number;
  readonly unit: 'papers' | 'bytes' | 'days';
}

/** What every source needs to do its work. */
export interface IngestContext {
  readonly db: Database;
  readonly fetch: PoliteFetch;
  readonly log?: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the run after the page at hand; what is stored stays, and the next run goes on from there. */
  readonly signal?: AbortSignal;
  readonly now?: () => Temporal.Instant;
}

export interface RunReport {
  readonly source: SourceName;
  readonly outcome: RunOutcome;
  /** Records the source gave, refused ones included. */
  readonly fetched: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  /** The first hundred. */
  readonly refusals: readonly Refusal[];
  /** Things a person should know that are no refusals. */
  readonly notes: readonly string[];
  /** Why the run failed; everything stored until then stays. */
  readonly error?: OffprintError;
}

export interface Run {
  readonly signal: AbortSignal;
  /** Counts what was read, notes refusals, and returns the records to store. */
  accept(parsed: readonly Parsed[]): PaperRecord[];
  refuse(refusal: Refusal): void;
  note(text: string): void;
  /** Counts records that are handled otherwise than by `store`. */
  count(counts: { readonly fetched?: number; readonly updated?: number; readonly unchanged?: number }): void;
  /**
   * Stores records and, with the last of them, the checkpoint. Returns once the page *before* is stored, so that
   * the next can be read meanwhile; pages are stored in the order they were given.
   */
  store(
    records: readonly PaperRecord[],
    checkpoint?: { readonly key: string; readonly value: unknown },
  ): Promise<void>;
  /** Resolves when everything given to `store` is stored. */
  settled(): Promise<void>;
}

const maxRefusals = 100;
const pageSize = 1_000;

/**
 * Runs `work` as a run of `source`: alone, counted, and recorded however it ends.
 *
 * @returns the report. A failure that says what to do (`OffprintError`) is in it; anything else is thrown.
 * @throws OffprintError `conflict` when another process is ingesting from this source.
 */
export async function runIngest(
  context: IngestContext,
  source: SourceName,
  work: (run: Run) => Promise<void>,
): Promise<RunReport> {
  return withSourceLock(context.db, source, async () => {
    const runId = await beginRun(context.db, source);
    const counts = { fetched: 0, created: 0, updated: 0, unchanged: 0, refused: 0 };
    const refusals: Refusal[] = [];
    const notes: string[] = [];
    const signal = context.signal ?? new AbortController().signal;
    let storing: Promise<void> = Promise.resolve();

    const storeNow = async (
      records: readonly PaperRecord[],
      checkpoint?: { readonly key: string; readonly value: unknown },
    ) => {
      for (let from = 0; from === 0 || from < records.length; from += pageSize) {
        const isLast = from + pageSize >= records.length;
        const outcome = await storePage(context.db, {
          source,
          records: records.slice(from, from + pageSize),
          ...(isLast && checkpoint !== undefined ? { checkpoint } : {}),
        });
        counts.created += outcome.created;
        counts.updated += outcome.updated;
        counts.unchanged += outcome.unchanged;
      }
      await saveRunProgress(context.db, runId, counts);
    };
    const run: Run = {
      signal,
      accept(parsed) {
        counts.fetched += parsed.length;
        return parsed.flatMap((item) => {
          if ('record' in item) return [item.record];
          run.refuse(item.refused);
          return [];
        });
      },
      refuse(refused) {
        counts.refused += 1;
        if (refusals.length < maxRefusals) refusals.push(refused);
      },
      note: (text) => void notes.push(text),
      count({ fetched = 0, updated = 0, unchanged = 0 }) {
        counts.fetched += fetched;
        counts.updated += updated;
        counts.unchanged += unchanged;
      },
      async store(records, checkpoint) {
        await storing;
        storing = storeNow(records, checkpoint);
        // Whoever stores or settles next hears of a failure; until then it must not count as unhandled.
        storing.catch(() => undefined);
      },
      settled: () => storing,
    };

    let failure: unknown;
    try {
      await work(run);
      await run.settled();
      await mergeMatchedPagePapers(context.db);
    } catch (error) {
      failure = error;
      await run.settled().catch(() => undefined);
    }
    const outcome = failure === undefined ? 'succeeded' : signal.aborted ? 'stopped' : 'failed';
    const error = outcome === 'failed' ? failure : undefined;
    const message = error instanceof Error ? error.message : error === undefined ? undefined : String(error);
    await endRun(context.db, runId, { outcome, counts, refusals, error: message?.slice(0, 2_000) });
    context.log?.('ingest run ended', {
      source,
      outcome,
      ...counts,
      ...(message === undefined ? {} : { error: message }),
    });
    if (error !== undefined && !(error instanceof OffprintError)) throw error;
    return { source, outcome, ...counts, refusals, notes, ...(error === undefined ? {} : { error }) };
  });
}

/** The instant of now, as the context tells it. */
export function nowOf(context: IngestContext): Temporal.Instant {
  return context.now?.() ?? Temporal.Now.instant();
}

// The change sequence: how any derived index follows the catalogue without missing a paper, and how a page cache knows that it is stale.
import { sql } from 'kysely';
import pg from 'pg';
import { type ConnectionSettings, clientOptions, type Database } from './database.ts';

/** A place in the change sequence. Texts, for 64-bit counters do not fit a number. */
export interface ChangeCursor {
  /** The catalogue's history; a cursor of another one is void and its index must be built anew. */
  readonly generation: string;
  readonly xid: string;
  readonly seq: string;
}

export interface Change {
  readonly paperId: string;
  readonly removed: boolean;
}

/** Some changes in order, and the cursor that continues after them. */
export interface ChangeBatch {
  readonly changes: readonly Change[];
  readonly cursor: ChangeCursor;
  /** Whether the cursor was of another generation: forget the index, these changes begin at the beginning. */
  readonly startOver: boolean;
}

/**
 * The papers that changed after a cursor, each once at its latest change, in an order that no later commit
 * can get ahead of: only entries of transactions older than every running one are told, by (xid, seq).
 * Repeat until `changes` is empty; then the index is as the catalogue was at some moment of the call.
 *
 * @param after where an earlier call ended; `undefined` starts at the beginning.
 * @param limit at most so many changes.
 */
export async function readChanges(
  db: Database,
  after: ChangeCursor | undefined,
  limit = 1000,
): Promise<ChangeBatch> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const { generation } = await transaction
        .selectFrom('catalogue')
        .select('generation')
        .executeTakeFirstOrThrow();
      const startOver = after !== undefined && after.generation !== generation;
      const from = after === undefined || startOver ? { xid: '0', seq: '0' } : after;
      const { rows } = await sql<{ paper_id: string; removed: boolean; xid: string; seq: string }>`
        select paper_id, removed, xid::text as xid, seq::text as seq from change
        where (xid, seq) > (${from.xid}::xid8, ${from.seq}::bigint)
          and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by change.xid, change.seq limit ${limit}`.execute(transaction);
      const last = rows.at(-1);
      return {
        changes: rows.map(({ paper_id, removed }) => ({ paperId: paper_id, removed })),
        cursor: { generation, xid: last?.xid ?? from.xid, seq: last?.seq ?? from.seq },
        startOver,
      };
    });
}

/** Knows whether the catalogue has changed since a moment. */
export interface RevisionWatch {
  /** A text that differs after every committed change. While the database cannot be heard, it differs at every call. */
  current(): string;
  /** Calls back after each change, at once and in order. Returns how to stop. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/**
 * Listens for committed changes on a connection of its own (PostgreSQL's NOTIFY), and connects again when
 * that is lost.
 */
export async function watchRevision(connection: ConnectionSettings): Promise<RevisionWatch> {
  const listeners = new Set<() => void>();
  let revision = 0;
  let hearing = false;
  let closed = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  const changed = (): void => {
    revision += 1;
    for (const listener of listeners) listener();
  };
  const listen = async (): Promise<void> => {
    const next = new pg.Client(clientOptions(connection));
    next.on('error', () => undefined);
    next.on('notification', changed);
    next.on('end', () => {
      if (!hearing || closed) return;
      hearing = false;
      again();
    });
    await next.connect();
    await next.query('listen offprint_change');
    client = next;
    hearing = true;
    changed();
  };
  const again = (): void => {
    retry = setTimeout(() => {
      if (!closed) listen().catch(again);
    }, 500);
    retry.unref();
  };
  await listen();

  return {
    current: () => {
      if (!hearing) revision += 1;
      return String(revision);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}

// Keeps an index in step with the catalogue: reads the change sequence from a cursor and applies it, for ever.
import { type ChangeCursor, type Database, readCards, readChanges } from '@offprint/catalogue';
import type { SearchDocument } from '@offprint/search';
import { searchDocumentOf } from './search-document.ts';

/** What follows the catalogue. */
export interface Followed {
  /** Where it stands; undefined when it is empty. */
  readonly cursor: ChangeCursor | undefined;
  /** Takes some changes whole, together with the cursor after them. */
  apply(changes: {
    readonly put: readonly SearchDocument[];
    readonly remove: readonly string[];
    readonly cursor: ChangeCursor;
  }): Promise<void>;
  /** Forgets everything: the catalogue has begun a new history. */
  clear(): Promise<void>;
}

export interface Follower {
  /** Resolves when the index is as the catalogue was at some moment after this call. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

export interface FollowOptions {
  /** Calls back after each commit; returns how to stop. */
  readonly onCommit: (listener: () => void) => () => void;
  /** After each batch; `behind` while more changes are known to wait. */
  readonly onBatch?: (batch: { readonly papers: number; readonly behind: boolean }) => void;
  readonly onError?: (error: unknown) => void;
  /** Changes in one batch. */
  readonly batchSize?: number;
  /** How long to wait without a commit before looking all the same. */
  readonly idleMs?: number;
}

// A commit is told before every older transaction has ended, and only then are its changes read: look again soon.
const lookAgainAfterMs = [20, 60, 150, 400, 1_000];
const retryAfterMs = 1_000;

/** Applies all changes after the index's cursor, then each new one as it is committed. */
export function followCatalogue(db: Database, followed: Followed, options: FollowOptions): Follower {
  const { batchSize = 500, idleMs = 5_000 } = options;
  const abort = new AbortController();
  const wake = createWake(abort.signal);
  const unlisten = options.onCommit(() => wake.now());
  let cursor = followed.cursor;
  let rounds = 0;
  const waiting = new Set<{ readonly after: number; readonly resolve: () => void }>();

  const applyBatch = async (): Promise<boolean> => {
    const batch = await readChanges(db, cursor, batchSize);
    if (batch.startOver) await followed.clear();
    const changed = batch.changes.filter(({ removed }) => !removed).map(({ paperId }) => paperId);
    const cards = await readCards(db, changed);
    const held = new Set(cards.map(({ id }) => id));
    // What was removed after its change was read is told again as removed; it need not be put before.
    const gone = batch.changes.map(({ paperId }) => paperId).filter((id) => !held.has(id));
    if (batch.changes.length > 0 || batch.startOver || cursor === undefined)
      await followed.apply({ put: cards.map(searchDocumentOf), remove: gone, cursor: batch.cursor });
    cursor = batch.cursor;
    const behind = batch.changes.length === batchSize;
    options.onBatch?.({ papers: batch.changes.length, behind });
    return behind;
  };

  const run = async (): Promise<void> => {
    let look = 0;
    while (!abort.signal.aborted) {
      const round = ++rounds;
      wake.clear();
      try {
        while ((await applyBatch()) && !abort.signal.aborted);
        for (const waiter of waiting)
          if (waiter.after < round) {
            waiting.delete(waiter);
            waiter.resolve();
          }
        const woken = await wake.wait(lookAgainAfterMs[look] ?? idleMs);
        look = woken ? 0 : Math.min(look + 1, lookAgainAfterMs.length);
      } catch (error) {
        if (abort.signal.aborted) break;
        options.onError?.(error);
        await wake.wait(retryAfterMs);
      }
    }
  };
  const running = run();

  return {
    caughtUp: () =>
      new Promise((resolve) => {
        waiting.add({ after: rounds, resolve });
        wake.now();
      }),
    stop: async () => {
      unlisten();
      abort.abort();
      wake.now();
      await running;
    },
  };
}

/** Waits for a call or a while, whichever comes first; a call before the wait is not lost. */
function createWake(signal: AbortSignal): {
  now(): void;
  clear(): void;
  wait(forMs: number): Promise<boolean>;
} {
  let called = false;
  let resume: (() => void) | undefined;
  return {
    now: () => {
      called = true;
      resume?.();
    },
    clear: () => {
      called = false;
    },
    wait: (forMs) =>
      new Promise((resolve) => {
        if (called || signal.aborted) return resolve(true);
        const done = (): void => {
          clearTimeout(timer);
          resume = undefined;
          resolve(called);
        };
        const timer = setTimeout(done, forMs);
        timer.unref();
        resume = done;
      }),
  };
}

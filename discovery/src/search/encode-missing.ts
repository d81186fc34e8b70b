// Gives every paper its vector: asks the engine which lack one, reads their texts, and lets it encode them.
import { type Database, readCards } from '@offprint/catalogue';
import type { EngineCalls } from '@offprint/search';
import { searchDocumentOf } from './search-document.ts';

/** Papers encoded at once: few enough that stopping is quick, enough to keep the encoder busy. */
const batchSize = 64;
const retryAfterMs = 30_000;

export interface Encoding {
  /** Looks for missing vectors now. */
  wake(): void;
  /** Resolves when no batch is under way any more. */
  stop(): Promise<void>;
}

/** Runs in the background until it is stopped; what one batch made stays made. */
export function encodeMissing(
  db: Database,
  engine: Pick<EngineCalls, 'missing' | 'encode'>,
  options: {
    readonly onEncoded: (papers: number) => void;
    /** Every paper has its vector; called only after some were made. */
    readonly onComplete?: () => void;
    readonly log: (level: 'info' | 'warn', message: string, fields: Record<string, unknown>) => void;
  },
): Encoding {
  let stopped = false;
  let running: Promise<void> | undefined;
  let wakened = false;
  let retry: NodeJS.Timeout | undefined;

  const encodeAll = async (): Promise<void> => {
    const startedAtMs = performance.now();
    let total = 0;
    while (!stopped) {
      wakened = false;
      const ids = await engine.missing(batchSize);
      if (ids.length === 0) {
        if (wakened) continue;
        break;
      }
      const cards = await readCards(db, ids);
      // All of them were removed while they were asked for; the follower is about to tell the engine so.
      if (cards.length === 0) break;
      await engine.encode(cards.map(searchDocumentOf));
      total += cards.length;
      options.onEncoded(cards.length);
    }
    if (total > 0 && !stopped) options.onComplete?.();
    if (total > 0)
      options.log('info', 'papers were encoded', {
        papers: total,
        seconds: Math.round((performance.now() - startedAtMs) / 100) / 10,
      });
  };

  const wake = (): void => {
    wakened = true;
    if (stopped || running !== undefined) return;
    running = encodeAll()
      .catch((error: unknown) => {
        options.log('warn', 'papers could not be encoded', { err: error });
        retry = setTimeout(wake, retryAfterMs);
        retry.unref();
      })
      .finally(() => {
        running = undefined;
      });
  };

  return {
    wake,
    stop: async () => {
      stopped = true;
      clearTimeout(retry);
      await running;
    },
  };
}

// Units run side by side, each lane with a thread of its own.
import type { ReportedPoint, UnitOutcome } from './thread-messages.ts';
import type { Unit } from './unit.ts';
import type { UnitThread } from './unit-thread.ts';

export interface RunUnitsOptions {
  readonly units: readonly Unit[];
  /** How many threads. */
  readonly parallel: number;
  startThread(): Promise<UnitThread>;
  /** Aborting ends all threads at once; no unit that is running is finished. */
  readonly signal: AbortSignal;
  onStart(unit: Unit): void;
  onProgress(unit: Unit, share: number, points: readonly ReportedPoint[]): void;
  /** Awaited before the lane goes on. What it throws ends the whole. */
  onFinish(unit: Unit, outcome: UnitOutcome): Promise<void>;
  /** A unit threw. The others go on. */
  onFail(unit: Unit, error: unknown): void;
}

/** Seconds of units after which a thread is replaced: WebAssembly's memory only grows, and arrays that leak stay in it. */
const threadSeconds = 30;

/**
 * Runs the units in their order and returns when all have ended or the signal was aborted.
 * @throws what `onFinish` throws, or starting a thread
 */
export async function runUnits(options: RunUnitsOptions): Promise<void> {
  const waiting = [...options.units];
  const open = new Set<UnitThread>();
  const broken = new AbortController();
  const stop = AbortSignal.any([options.signal, broken.signal]);

  const close = async (thread: UnitThread): Promise<void> => {
    open.delete(thread);
    await thread.close();
  };
  const start = async (): Promise<UnitThread> => {
    const thread = await options.startThread();
    open.add(thread);
    return thread;
  };
  const lane = async (): Promise<void> => {
    let thread: UnitThread | undefined;
    let secondsInThread = 0;
    for (let unit = waiting.shift(); unit !== undefined && !stop.aborted; unit = waiting.shift()) {
      const current = unit;
      thread ??= await start();
      if (stop.aborted) break;
      options.onStart(current);
      let outcome: UnitOutcome;
      try {
        outcome = await thread.run(current, (share, points) => options.onProgress(current, share, points));
      } catch (error) {
        if (stop.aborted) break;
        options.onFail(current, error);
        // Whatever the failed unit left behind goes with its thread.
        await close(thread);
        thread = undefined;
        continue;
      }
      await options.onFinish(current, outcome);
      secondsInThread += outcome.wallSeconds;
      if (secondsInThread > threadSeconds) {
        await close(thread);
        thread = undefined;
        secondsInThread = 0;
      }
    }
    if (thread !== undefined) await close(thread);
  };

  const closeAll = (): void => {
    for (const thread of open) void close(thread);
  };
  stop.addEventListener('abort', closeAll);
  try {
    const lanes = Array.from({ length: Math.min(options.parallel, waiting.length) }, async () => {
      try {
        await lane();
      } catch (error) {
        broken.abort(error);
        throw error;
      }
    });
    const results = await Promise.allSettled(lanes);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } finally {
    stop.removeEventListener('abort', closeAll);
    await Promise.all([...open].map(close));
  }
}

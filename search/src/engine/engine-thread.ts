// An engine in a thread of its own, so that no search, merge or snapshot holds up the thread that serves pages.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EncoderSpec } from '../encoders/encoding-protocol.ts';
import { callWorker, type Remote } from '../threads/remote.ts';
import type { EngineCalls } from './engine-calls.ts';

export interface EngineThreadOptions {
  readonly folder: string | undefined;
  readonly writes: boolean;
  readonly encoder: EncoderSpec | undefined;
}

/** What the thread answers beside an engine's own methods. */
export interface EngineThreadCalls extends EngineCalls {
  /** Why what was on disk could not be used; undefined when it could, or nothing was there. */
  problem(): Promise<string | undefined>;
}

/** An engine in a thread; closing it ends the thread. */
export type EngineThread = Remote<EngineThreadCalls>;

/**
 * Starts an engine.
 *
 * @throws SearchError when its encoder cannot be opened.
 */
export async function startEngine(options: EngineThreadOptions): Promise<EngineThread> {
  const worker = new Worker(new URL(`./engine-worker${extname(import.meta.filename)}`, import.meta.url), {
    workerData: options,
  });
  const engine = callWorker<EngineThreadCalls>(worker);
  try {
    await engine.problem();
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return engine;
}

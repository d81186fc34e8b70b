// A thread that runs units, as the main thread holds it.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReportedPoint, ThreadMessage, ThreadTask, UnitOutcome } from './thread-messages.ts';
import type { Unit } from './unit.ts';

/** A unit or its thread failed: what was thrown, in words. */
export class UnitFailure extends Error {
  constructor(message: string, stack: string) {
    super(message);
    this.name = 'UnitFailure';
    if (stack !== '') this.stack = stack;
  }
}

export interface UnitThread {
  /** One at a time. @throws UnitFailure */
  run(
    unit: Unit,
    onProgress: (share: number, points: readonly ReportedPoint[]) => void,
  ): Promise<UnitOutcome>;
  /** Ends the thread at once; a unit that is running fails. */
  close(): Promise<void>;
}

const extension = extname(import.meta.filename);
/** Sources run as they are, and find the other rooms' sources; what was built runs as built. */
const execArgv = extension === '.ts' ? ['--conditions=@offprint/source'] : [];

/** Starts a thread and loads the experiment on it. @throws UnitFailure when that fails */
export async function startUnitThread(task: ThreadTask): Promise<UnitThread> {
  const worker = new Worker(new URL(`./unit-worker${extension}`, import.meta.url), {
    workerData: task,
    execArgv,
  });
  const ready = Promise.withResolvers<void>();
  let running: PromiseWithResolvers<UnitOutcome> | undefined;
  let progress: (share: number, points: readonly ReportedPoint[]) => void = () => undefined;
  let ended: UnitFailure | undefined;

  const fail = (failure: UnitFailure): void => {
    ready.reject(failure);
    running?.reject(failure);
    running = undefined;
  };
  worker.on('message', (message: ThreadMessage) => {
    if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'progress') progress(message.share, message.points);
    else if (message.kind === 'finished') {
      running?.resolve(message.outcome);
      running = undefined;
    } else fail(new UnitFailure(message.message, message.stack));
  });
  worker.on('error', (error: unknown) => {
    ended = new UnitFailure(
      `The thread broke down: ${error instanceof Error ? error.message : String(error)}`,
      '',
    );
    fail(ended);
  });
  worker.on('exit', () => {
    ended ??= new UnitFailure('The thread has ended.', '');
    fail(ended);
  });

  const close = async (): Promise<void> => {
    await worker.terminate();
  };
  try {
    await ready.promise;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    run(unit, onProgress) {
      if (ended !== undefined) return Promise.reject(ended);
      running = Promise.withResolvers<UnitOutcome>();
      progress = onProgress;
      worker.postMessage(unit);
      return running.promise;
    },
    close,
  };
}

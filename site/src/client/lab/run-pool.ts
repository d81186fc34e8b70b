// A run spread over a few workers: which unit goes where, how far it has come, and what came out.
import {
  type BrowserDevice,
  createEstimator,
  type Estimate,
  type LivePlot,
  type Plot,
  type Results,
  type RunResult,
  type Series,
  type Size,
  type Unit,
  unitsOf,
} from '@offprint/lab/browser';
import type { FromWorker, LivePoint, ToWorker } from './messages.ts';

export interface RunOptions {
  readonly number: number;
  readonly size: Size;
  readonly device: BrowserDevice;
  /** Everything is known but the numbers. */
  onOpened(opened: RunOpened): void;
  onPoints(unit: Unit, points: readonly LivePoint[]): void;
  onProgress(estimate: Estimate, finished: number): void;
}

export interface RunOpened {
  readonly device: BrowserDevice;
  readonly live: LivePlot | undefined;
  readonly units: number;
  readonly workers: number;
}

export interface FinishedRun {
  readonly results: Results;
  readonly plots: readonly Plot[];
  /** One sentence for each unit that broke. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

export interface StartedRun {
  /** @throws Error with one sentence */
  readonly finished: Promise<FinishedRun>;
  /** Ends all workers at once; `finished` then rejects with `RunStopped`. */
  stop(): void;
}

export class RunStopped extends Error {
  constructor() {
    super('The run was stopped.');
    this.name = 'RunStopped';
  }
}

const mostWorkers = 4;

/** Starts a run. Its units begin in order; each is as deterministic as in Node, so which worker runs it does not matter. */
export function startRun(options: RunOptions): StartedRun {
  const workers: Worker[] = [];
  const stopped = Promise.withResolvers<never>();
  const end = (): void => {
    for (const worker of workers) worker.terminate();
  };
  const open = (): Worker => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    workers.push(worker);
    return worker;
  };
  const finished = Promise.race([runAll(options, open), stopped.promise]).finally(end);
  return { finished, stop: () => stopped.reject(new RunStopped()) };
}

async function runAll(options: RunOptions, open: () => Worker): Promise<FinishedRun> {
  const { number, size, device } = options;
  const request: ToWorker = { kind: 'open', number, size, device };
  const startedMs = performance.now();
  const nowSeconds = (): number => (performance.now() - startedMs) / 1000;
  const first = open();
  const opened = await ask(first, request);
  if (opened.kind !== 'opened') throw new Error(sentenceOf(opened));
  const { plan, live } = opened;
  const units = unitsOf(plan, plan.seeds);
  // One core is left to the page itself.
  const count = Math.max(1, Math.min(mostWorkers, (navigator.hardwareConcurrency || 2) - 1, units.length));
  options.onOpened({ device: opened.device, live, units: units.length, workers: count });

  const estimator = createEstimator(units, count, plan.secondsPerRun);
  const runs = new Map<Unit, RunResult>();
  const series = new Map<Unit, readonly Series[]>();
  const failures: string[] = [];
  const waiting = [...units];
  const tell = (): void => options.onProgress(estimator.at(nowSeconds()), runs.size + failures.length);

  tell();
  const work = async (worker: Worker): Promise<void> => {
    for (let unit = waiting.shift(); unit !== undefined; unit = waiting.shift()) {
      const running = unit;
      estimator.started(running, nowSeconds());
      const answer = await ask(worker, { kind: 'run', unit: running }, ({ share, points }) => {
        estimator.progressed(running, share);
        if (points.length > 0) options.onPoints(running, points);
        tell();
      });
      if (answer.kind === 'finished') {
        estimator.finished(running, answer.seconds);
        runs.set(running, { ...running, metrics: answer.metrics });
        series.set(
          running,
          answer.series.map((each) => ({ ...running, ...each })),
        );
      } else {
        estimator.failed(running);
        failures.push(`${running.arm}, seed ${running.seed}: ${sentenceOf(answer)}`);
      }
      tell();
    }
  };
  const openAndWork = async (): Promise<void> => {
    const worker = open();
    const answer = await ask(worker, request);
    // One that cannot be opened leaves its work to the others.
    if (answer.kind === 'opened') await work(worker);
  };
  await Promise.all([work(first), ...Array.from({ length: count - 1 }, openAndWork)]);
  if (runs.size === 0) throw new Error(failures[0] ?? 'Nothing was run.');
  // In the order of the plan, whichever came first.
  const results: Results = {
    size,
    runs: units.flatMap((unit) => runs.get(unit) ?? []),
    series: units.flatMap((unit) => series.get(unit) ?? []),
  };
  const drawn = await ask(first, { kind: 'plot', results });
  return {
    results,
    plots: drawn.kind === 'plots' ? drawn.plots : [],
    failures,
    seconds: nowSeconds(),
  };
}

type Progress = Extract<FromWorker, { readonly kind: 'progress' }>;

/** Sends a message and waits for its answer; what a worker tells in between goes to `onProgress`. */
function ask(
  worker: Worker,
  message: ToWorker,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Exclude<FromWorker, Progress>> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'progress') onProgress(data);
      else resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const reason = event.message ? `: ${event.message}` : '';
      resolve({ kind: 'failed', sentence: `The worker could not be started or broke down${reason}.` });
    };
    worker.postMessage(message);
  });
}

const sentenceOf = (message: FromWorker): string =>
  message.kind === 'failed' ? message.sentence : 'The worker gave an answer that was not asked for.';

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
import { ask, notStarted, sentenceOf } from './ask-worker.ts';
import type { LivePoint, ToWorker } from './messages.ts';

export interface RunOptions {
  readonly number: number;
  readonly size: Size;
  readonly device: BrowserDevice;
  /** Everything is known but the numbers. */
  onOpened(opened: RunOpened): void;
  onPoints(unit: Unit, points: readonly LivePoint[]): void;
  /** The plots of what has finished so far, of an experiment that names no live series. */
  onPlots(plots: readonly Plot[]): void;
  onProgress(estimate: Estimate, finished: number): void;
}

export interface RunOpened {
  readonly device: BrowserDevice;
  readonly live: LivePlot | undefined;
  readonly units: number;
  readonly workers: number;
}

/** A unit that broke, and why in one sentence. */
export interface Failure {
  readonly unit: Unit;
  readonly sentence: string;
}

export interface FinishedRun {
  readonly results: Results;
  readonly plots: readonly Plot[];
  readonly failures: readonly Failure[];
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
  const failures: Failure[] = [];
  const waiting = [...units];
  const tell = (): void => options.onProgress(estimator.at(nowSeconds()), runs.size + failures.length);
  /** In the order of the plan, whichever came first. */
  const resultsSoFar = (): Results => ({
    size,
    runs: units.flatMap((unit) => runs.get(unit) ?? []),
    series: units.flatMap((unit) => series.get(unit) ?? []),
  });
  const plotsOf = async (worker: Worker): Promise<readonly Plot[]> => {
    const drawn = await ask(worker, { kind: 'plot', results: resultsSoFar() });
    return drawn.kind === 'plots' ? drawn.plots : [];
  };

  tell();
  let drawing = first;
  const work = async (opened: Worker): Promise<void> => {
    let worker = opened;
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
        // Where no curve grows while a unit runs, the plots do from unit to unit.
        if (live === undefined) options.onPlots(await plotsOf(worker));
      } else {
        estimator.failed(running);
        failures.push({ unit: running, sentence: sentenceOf(answer) });
      }
      tell();
      if (answer.kind === 'broken') {
        // It may still be computing: the next unit begins in one that is not.
        worker.terminate();
        worker = open();
        drawing = worker;
        if ((await ask(worker, request)).kind !== 'opened') return;
      }
    }
  };
  const openAndWork = async (): Promise<void> => {
    const worker = open();
    // One that cannot be opened leaves its work to the others.
    if ((await ask(worker, request)).kind === 'opened') await work(worker);
  };
  await Promise.all([work(first), ...Array.from({ length: count - 1 }, openAndWork)]);
  for (const unit of waiting) failures.push({ unit, sentence: notStarted });
  if (runs.size === 0) throw new Error(failures[0]?.sentence ?? 'Nothing was run.');
  return { results: resultsSoFar(), plots: await plotsOf(drawing), failures, seconds: nowSeconds() };
}

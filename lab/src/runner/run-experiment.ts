// A run from plan to result: resumes what an earlier session left, runs the rest, decides, writes.

import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DataSetName } from '../data-sets/data-sets.ts';
import { packDataSet } from '../data-sets/pack-data-set.ts';
import type { Claim } from '../experiment/claim.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Size } from '../experiment/size.ts';
import { LabError } from '../lab-error.ts';
import { readDataSet } from '../packages/read-data-set.ts';
import type { StoredResult } from '../report/stored-result.ts';
import { assembleResult } from './assemble-result.ts';
import type { BuiltCode } from './built-code.ts';
import { createEstimator } from './estimate.ts';
import { programVersions, thisMachine } from './machine.ts';
import type { RunEvent } from './run-events.ts';
import { takeRunLock } from './run-lock.ts';
import { runUnits } from './run-units.ts';
import { type Unit, unitKey, unitsOf } from './unit.ts';
import { openUnitFile, type UnitFile } from './unit-file.ts';
import type { UnitRecord } from './unit-record.ts';
import { startUnitThread } from './unit-thread.ts';

export interface RunOptions {
  readonly experiment: Experiment;
  readonly claim: Claim;
  /** What the threads load and what the result names as its code. */
  readonly code: BuiltCode;
  readonly size: Size;
  /** Seeds of every arm; the plan's when left out. */
  readonly seeds?: number;
  /** Threads at once; the number of cores when left out. */
  readonly parallel?: number;
  /** Where runs keep what finished: a folder per experiment is made in it. */
  readonly workFolder: string;
  /** Throw away what an earlier session finished. */
  readonly again?: boolean;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface FinishedRun {
  readonly result: StoredResult;
  /** What this run keeps of itself. */
  readonly folder: string;
  /** Whether arms and seeds are exactly the plan's. */
  readonly asPlanned: boolean;
}

/** The folder of a run: another size, code or number of seeds is another run. */
export function runFolder(
  workFolder: string,
  id: string,
  run: { size: Size; code: string; seeds?: number },
): string {
  const seeds = run.seeds === undefined ? '' : `-${run.seeds}-seeds`;
  return join(workFolder, id, `${run.size}-${run.code.slice(0, 12)}${seeds}`);
}

/**
 * Runs every arm under every seed that is not finished yet and decides by the claim's rule.
 *
 * @throws LabError `already-running`, `missing-data`, `unwritable`; `stopped` when the signal was aborted, `run-failed`
 * when a unit threw: what finished is kept in both cases, and the same call goes on from there
 */
export async function runExperiment(options: RunOptions): Promise<FinishedRun> {
  const { experiment, size, workFolder } = options;
  const plan = experiment.plans[size];
  const seeds = options.seeds ?? plan.seeds;
  const asPlanned = seeds === plan.seeds;
  const { code } = options.code;
  const folder = runFolder(workFolder, experiment.id, { size, code, ...(asPlanned ? {} : { seeds }) });
  const lock = await takeRunLock(
    join(workFolder, experiment.id, `${size}.lock`),
    `${experiment.id} (${size})`,
  );
  try {
    if (options.again === true) await rm(folder, { recursive: true, force: true });
    const file = await openUnitFile(join(folder, 'units.jsonl'));
    try {
      const records = await runMissing(options, unitsOf(plan, seeds), file);
      const result = assembleResult({
        id: experiment.id,
        claim: options.claim,
        size,
        plan,
        code,
        versions: { ...(await programVersions()), ...options.code.versions },
        machine: thisMachine(),
        records,
      });
      return { result, folder, asPlanned };
    } finally {
      await file.close();
    }
  } finally {
    lock.release();
  }
}

/** The records of all units, those of earlier sessions among them. */
async function runMissing(
  options: RunOptions,
  units: readonly Unit[],
  file: UnitFile,
): Promise<readonly UnitRecord[]> {
  const { experiment, size, onEvent = () => undefined } = options;
  const signal = options.signal ?? new AbortController().signal;
  const wanted = new Set(units.map(unitKey));
  const records = new Map(
    file.finished.filter((record) => wanted.has(unitKey(record))).map((record) => [unitKey(record), record]),
  );
  const missing = units.filter((unit) => !records.has(unitKey(unit)));
  const parallel = Math.max(1, Math.min(options.parallel ?? availableParallelism(), missing.length));
  onEvent({ kind: 'planned', units: units.length, finished: records.size, parallel });
  if (missing.length === 0) return [...records.values()];

  const session = Temporal.Now.instant().toString();
  const startedMs = performance.now();
  const seconds = (): number => (performance.now() - startedMs) / 1000;
  const estimator = createEstimator(missing, parallel, experiment.plans[size].secondsPerRun);
  const whole = () => {
    const { share, secondsLeft } = estimator.at(seconds());
    const before = units.length - missing.length;
    return { share: (before + share * missing.length) / units.length, secondsLeft };
  };
  const failures: { readonly unit: Unit; readonly error: unknown }[] = [];
  const task = { module: options.code.module, size, dataSets: await packedSets(experiment) };
  await runUnits({
    units: missing,
    parallel,
    startThread: () => startUnitThread(task),
    signal,
    onStart(unit) {
      estimator.started(unit, seconds());
      onEvent({ kind: 'unit-started', unit, whole: whole() });
    },
    onProgress(unit, share, points) {
      estimator.progressed(unit, share);
      for (const point of points) onEvent({ kind: 'point', unit, ...point });
      onEvent({ kind: 'progress', unit, share, whole: whole() });
    },
    async onFinish(unit, outcome) {
      const record = {
        ...unit,
        ...outcome,
        series: [...outcome.series].map(({ name, x, y }) => ({ name, x: [...x], y: [...y] })),
        session,
        sessionSeconds: seconds(),
        finishedAt: Temporal.Now.instant().toString(),
      };
      await file.append(record);
      records.set(unitKey(unit), record);
      estimator.finished(unit, outcome.wallSeconds);
      onEvent({ kind: 'unit-finished', unit, seconds: outcome.wallSeconds, whole: whole() });
    },
    onFail(unit, error) {
      failures.push({ unit, error });
      estimator.failed(unit);
      onEvent({ kind: 'unit-failed', unit, message: messageOf(error), whole: whole() });
    },
  });
  if (records.size < units.length && signal.aborted)
    throw new LabError('stopped', `Stopped: ${keptOf(records.size, units.length)}.`);
  const [first] = failures;
  if (first !== undefined) {
    const { unit, error } = first;
    const others = failures.length === 1 ? '' : ` (and ${failures.length - 1} more)`;
    throw new LabError(
      'run-failed',
      `The arm "${unit.arm}" failed under seed ${unit.seed}${others}: ${messageOf(error)} – ${keptOf(records.size, units.length)}.`,
      { cause: error },
    );
  }
  return [...records.values()];
}

function keptOf(finished: number, all: number): string {
  return `${finished} of ${all} runs are kept, and the same command goes on from there`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The declared data sets in memory that threads share, read once and before anything starts. */
async function packedSets({ data }: Experiment): Promise<Map<DataSetName, Uint8Array>> {
  const sets = new Map<DataSetName, Uint8Array>();
  for (const name of data) {
    const bytes = packDataSet(name, await readDataSet(name));
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    sets.set(name, shared);
  }
  return sets;
}

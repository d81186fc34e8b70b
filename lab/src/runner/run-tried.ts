// A run of one of the lab's experiments as the command line asks for it: found, checked against its build, run, written.
import type { Size } from '../experiment/size.ts';
import type { Tried } from '../experiment/tried.ts';
import { LabError } from '../lab-error.ts';
import { type WrittenRun, writeRun } from '../report/result-files.ts';
import { resultsOf, type StoredResult } from '../report/stored-result.ts';
import { builtCode } from './built-code.ts';
import { type RunOptions, runExperiment } from './run-experiment.ts';

export type RunTriedOptions = Pick<
  RunOptions,
  'workFolder' | 'seeds' | 'parallel' | 'again' | 'signal' | 'onEvent'
> & {
  readonly size: Size;
};

export interface RanTried {
  readonly result: StoredResult;
  readonly written: WrittenRun;
  /** Whether arms and seeds are exactly the plan's. */
  readonly asPlanned: boolean;
}

/**
 * Runs an experiment on the code that was built, writes result, plots and report, and the experiment's `result.json` after
 * a full run as planned.
 * @throws LabError `not-built`, `run-failed` when it has another id than its folder, and as `runExperiment` and `writeRun` do
 */
export async function runTried(tried: Tried, options: RunTriedOptions): Promise<RanTried> {
  const experiment = await tried.loadExperiment();
  if (experiment.id !== tried.id)
    throw new LabError(
      'run-failed',
      `The experiment in lab/src/experiments/${tried.id} calls itself ${experiment.id}: its id is the name of its folder.`,
    );
  const code = await builtCode(tried.id);
  const { result, folder, asPlanned } = await runExperiment({
    ...options,
    experiment,
    claim: tried.claim,
    code,
  });
  const plots = experiment.plots(resultsOf(result));
  const written = await writeRun({ folder, claim: tried.claim, result, plots, asPlanned });
  return { result, written, asPlanned };
}

// Runs the tiny experiment from its sources, as tests and their child processes do.
import { type FinishedRun, type RunOptions, runExperiment } from '../runner/run-experiment.ts';
import { claim, experiment } from './tiny-experiment.ts';

export const tinyCode = {
  code: 'ab'.repeat(32),
  module: new URL('./tiny-experiment.ts', import.meta.url).href,
  versions: {},
};

export function runTiny(options: Pick<RunOptions, 'workFolder'> & Partial<RunOptions>): Promise<FinishedRun> {
  return runExperiment({ experiment, claim, code: tinyCode, size: 'smoke', parallel: 2, ...options });
}

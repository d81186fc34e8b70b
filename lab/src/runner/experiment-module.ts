// The experiment that a module exports, from its address.
import type { Experiment } from '../experiment/experiment.ts';
import { LabError } from '../lab-error.ts';

/** @throws LabError `run-failed` when the module cannot be loaded or exports no experiment */
export async function loadExperimentModule(module: string): Promise<Experiment> {
  const loaded: unknown = await import(module).catch((cause: unknown) => {
    throw new LabError(
      'run-failed',
      `The experiment cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  });
  const experiment =
    typeof loaded === 'object' && loaded !== null && 'experiment' in loaded ? loaded.experiment : undefined;
  if (!isExperiment(experiment))
    throw new LabError('run-failed', `${module} exports no "experiment" made by defineExperiment.`);
  return experiment;
}

/** A module's export has no type; what `defineExperiment` makes is known by its parts. */
function isExperiment(value: unknown): value is Experiment {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'data', 'plans', 'run', 'plots'].every((part) => part in value) &&
    'run' in value &&
    typeof value.run === 'function'
  );
}

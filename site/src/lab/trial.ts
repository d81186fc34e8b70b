// A paper of the starter catalogue with what the lab knows of it.
import { type PaperRecord, readStarterRecords } from '@offprint/catalogue';
import type { StoredResult } from '@offprint/lab';
import type { Tried, Verdict } from '@offprint/lab/browser';
import type { SiteDependencies } from '../site-dependencies.ts';
import { isLabError, type Lab, ownLab } from './lab.ts';
import type { TrialState } from './shared/states.ts';

/** An experiment with its stored result. */
export interface Trial {
  readonly tried: Tried;
  readonly result: StoredResult | undefined;
}

/** A paper of the starter catalogue. */
export interface StarterTrial {
  /** Its place in the starter catalogue, from 1. */
  readonly number: number;
  readonly paper: Pick<PaperRecord, 'id' | 'title'>;
  readonly trial: Trial | undefined;
}

/** The lab that pages show: the given one, or that of this installation. */
export const labOf = (deps: SiteDependencies): Promise<Lab> => Promise.resolve(deps.lab ?? ownLab());

/** All papers of the starter catalogue in its order. */
export async function listTrials(deps: SiteDependencies): Promise<StarterTrial[]> {
  const [records, lab] = await Promise.all([readStarterRecords(), labOf(deps)]);
  const trials = new Map<number, Trial>();
  for (const trial of await Promise.all(lab.experiments.map((tried) => trialOf(lab, tried))))
    trials.set(trial.tried.claim.paper.number, trial);
  return records.map(({ id, title }, i) => ({
    number: i + 1,
    paper: { id, title },
    trial: trials.get(i + 1),
  }));
}

/** The experiment of a paper, by its id or by its number in the starter catalogue. */
export async function findTrial(deps: SiteDependencies, paper: string | number): Promise<Trial | undefined> {
  const lab = await labOf(deps);
  const tried = lab.experiments.find(({ claim }) => claim.paper.id === paper || claim.paper.number === paper);
  return tried === undefined ? undefined : trialOf(lab, tried);
}

/** The verdicts by paper id, of those papers that have one: what feed cards say. */
export async function readVerdicts(deps: SiteDependencies): Promise<ReadonlyMap<string, Verdict>> {
  const lab = await labOf(deps);
  const trials = await Promise.all(lab.experiments.map((tried) => trialOf(lab, tried)));
  return new Map(
    trials.flatMap(({ tried, result }) =>
      result === undefined ? [] : [[tried.claim.paper.id, result.decision.verdict] as const],
    ),
  );
}

export function stateOf(trial: Trial | undefined): TrialState {
  if (trial === undefined) return 'not-tried';
  return trial.result?.decision.verdict ?? 'not-run';
}

/** A damaged result is none: the page is whole without it, and the next run writes a new one. */
async function trialOf(lab: Lab, tried: Tried): Promise<Trial> {
  try {
    return { tried, result: await lab.readResult(tried.id) };
  } catch (error) {
    if (isLabError(error, 'damaged-file')) return { tried, result: undefined };
    throw error;
  }
}

// The units of work of a run: one arm under one seed.
import type { PlanSummary } from '../experiment/experiment.ts';

export interface Unit {
  readonly arm: string;
  readonly seed: number;
}

/** A text that two units share only when they are the same. */
export function unitKey({ arm, seed }: Unit): string {
  return `${seed} ${arm}`;
}

/**
 * Every arm under the seeds 1 to `seeds`: all arms under the first seed come first, so that a run that is stopped has
 * compared them at least once.
 */
export function unitsOf({ arms }: PlanSummary, seeds: number): Unit[] {
  return Array.from({ length: seeds }, (_, i) => arms.map((arm) => ({ arm, seed: i + 1 }))).flat();
}

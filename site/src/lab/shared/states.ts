// What stands on the badge of a paper: a word, and a shape for whoever does not see the colours.
import type { Verdict } from '@offprint/lab/browser';

/** `not-run`: there is an experiment, but no full run of it. */
export type TrialState = Verdict | 'not-run' | 'not-tried';

export const stateWords: Readonly<Record<TrialState, string>> = {
  confirmed: 'confirmed',
  refuted: 'refuted',
  undecided: 'undecided',
  'not-run': 'not run yet',
  'not-tried': 'not tried yet',
};

/** Paths in a square of 16. */
export const stateShapes: Readonly<Record<TrialState, string>> = {
  confirmed: 'M3 8.5 6.5 12 13 4.5',
  refuted: 'M4 4l8 8M12 4l-8 8',
  undecided: 'M3 6.5h10M3 10h10',
  'not-run': 'M8 2.2a5.8 5.8 0 1 1-.01 0zM8 5v3.3l2.2 1.4',
  'not-tried': 'M4 8h8',
};

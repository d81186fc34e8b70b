// An experiment as it stands in the lab's list: what it claims at once, the rest when it is asked for.
import type { Claim } from './claim.ts';
import type { Experiment } from './experiment.ts';
import type { LivePage } from './live-page.ts';

export interface Tried {
  /** The folder's name, `NN-name`. */
  readonly id: string;
  readonly claim: Claim;
  /** Its code, apart, so that a page that only lists claims loads none of it. */
  loadExperiment(): Promise<Experiment>;
  loadPage(): Promise<LivePage>;
}

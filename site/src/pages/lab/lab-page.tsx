// `/lab`: every paper of the starter catalogue with what its trial said.
import { estimateText, intervalText, mainFinding } from '../../lab/shared/findings.ts';
import { stateWords, type TrialState } from '../../lab/shared/states.ts';
import { type StarterTrial, stateOf } from '../../lab/trial.ts';
import { clip } from '../../maths/clean-text.ts';
import { counted, paperPath } from '../format.ts';
import { Page } from '../layout.tsx';
import { Line } from '../text.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

export const shownStates: readonly TrialState[] = [
  'confirmed',
  'refuted',
  'undecided',
  'not-run',
  'not-tried',
];

export interface LabPageProps {
  readonly trials: readonly StarterTrial[];
  /** Only papers in this state. */
  readonly only: TrialState | undefined;
  readonly publicUrl: string;
}

export function LabPage({ trials, only, publicUrl }: LabPageProps) {
  const count = (state: TrialState): number => trials.filter(({ trial }) => stateOf(trial) === state).length;
  const verdicts = count('confirmed') + count('refuted') + count('undecided');
  const shown = trials.filter(({ trial }) => only === undefined || stateOf(trial) === only);
  return (
    <Page
      title="The lab"
      section="lab"
      description="Papers that run: what each claims, tried by a rule that was written first, and run again in your browser."
      canonical={`${publicUrl}/lab`}
      unlisted={only !== undefined}
    >
      <header class="feed-head">
        <div>
          <p class="kicker">
            <a href="/lab/about">What a verdict means</a>
          </p>
          <h1>The lab</h1>
          <p class="lede">
            Each paper claims something. Here the claim is tried at a small scale, by a rule that was written
            before the run, and every trial can be run again on its page, in your browser.
          </p>
          <p class="tally">
            {counted(verdicts, 'verdict')} on {counted(trials.length, 'paper')}
          </p>
        </div>
      </header>
      <nav class="filters lab-filters" aria-label="Verdicts">
        <p class="choices">
          <span class="choices-name">Show</span>
          <a href="/lab" aria-current={only === undefined ? 'true' : undefined}>
            all {trials.length}
          </a>
          {shownStates
            .filter((state) => count(state) > 0 || state === only)
            .map((state) => (
              <a href={`/lab?verdict=${state}`} aria-current={state === only ? 'true' : undefined}>
                {stateWords[state]} {count(state)}
              </a>
            ))}
        </p>
      </nav>
      {shown.length === 0 ? (
        <p class="notice">No paper has that verdict.</p>
      ) : (
        <ol class="trials">
          {shown.map((each) => (
            <TrialRow {...each} />
          ))}
        </ol>
      )}
    </Page>
  );
}

function TrialRow({ number, paper, trial }: StarterTrial) {
  const href = `${paperPath(paper.id)}${trial === undefined ? '' : '#lab'}`;
  const decision = trial?.result?.decision;
  const main = decision && mainFinding(decision);
  return (
    <li class={trial === undefined ? 'trial-row quiet' : 'trial-row'} value={number} data-card>
      <span class="trial-number" aria-hidden="true">
        {number}
      </span>
      <div class="trial-body">
        <h2>
          <a href={href} data-open>
            <Line text={clip(paper.title, 300)} />
          </a>
        </h2>
        {trial === undefined ? null : <p class="claim">{trial.tried.claim.statement}</p>}
        {main === undefined ? null : (
          <p class="byline">
            {main.name}: <strong>{estimateText(main)}</strong> {intervalText(main)}
          </p>
        )}
      </div>
      <p class="trial-verdict">
        <VerdictBadge state={stateOf(trial)} />
      </p>
    </li>
  );
}

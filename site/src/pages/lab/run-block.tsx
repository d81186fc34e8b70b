// "Run it here": what the button starts, how long that takes, and the terminal for who has no script.
import type { DataSetName, Experiment, PlanSummary, Verdict } from '@offprint/lab/browser';
import { dataSetWords } from '../../lab/shared/data-set-words.ts';
import { durationText } from '../../lab/shared/numbers.ts';

export interface RunBlockProps {
  readonly number: number;
  readonly plans: Experiment['plans'];
  readonly data: readonly DataSetName[];
  /** The verdict of the full run, beside which the one of this run will stand. */
  readonly stored: Verdict | undefined;
}

const described = { smoke: 'a glimpse', short: 'a short run' } as const;

export function RunBlock(props: RunBlockProps) {
  return (
    <section class="trial-part run" aria-labelledby="run-title" data-lab-run={props.number}>
      <h3 id="run-title">Run it here</h3>
      <form class="run-form" data-lab-run-form hidden>
        <p class="control">
          <label for="run-size">How much</label>
          <select id="run-size" name="size">
            {(['short', 'smoke'] as const).map((size) => (
              <option value={size} selected={size === 'short'}>
                {described[size]}: {planText(props.plans[size])}
              </option>
            ))}
          </select>
        </p>
        <p class="form-actions">
          <button type="submit" class="primary">
            Run it here
          </button>
          <small>
            In this browser, on your machine: nothing is sent anywhere.
            {props.data.length === 0
              ? ''
              : ` Loaded from this site: ${props.data.map((name) => dataSetWords[name]).join(' and ')}.`}
          </small>
        </p>
      </form>
      <div data-lab-run-place data-stored={props.stored} />
      <p class="terminal">
        From the terminal: <code>npx offprint lab run {String(props.number)}</code>
      </p>
    </section>
  );
}

function planText({ arms, seeds, secondsPerRun }: PlanSummary): string {
  const runs = arms.length * seeds;
  return `${runs} ${runs === 1 ? 'run' : 'runs'}, about ${durationText(runs * secondsPerRun)} on one core`;
}

// A verdict as a badge: a word and a shape, so that it is not told by colour alone.
import type { TrialState } from '../../lab/trial.ts';

const words: Readonly<Record<TrialState, string>> = {
  confirmed: 'confirmed',
  refuted: 'refuted',
  undecided: 'undecided',
  'not-run': 'not run yet',
  'not-tried': 'not tried yet',
};

const shapes: Readonly<Record<TrialState, string>> = {
  confirmed: 'M3 8.5 6.5 12 13 4.5',
  refuted: 'M4 4l8 8M12 4l-8 8',
  undecided: 'M3 6.5h10M3 10h10',
  'not-run': 'M8 3.5v5l3 2',
  'not-tried': 'M4 8h8',
};

export const stateWord = (state: TrialState): string => words[state];

export function VerdictBadge(props: { readonly state: TrialState; readonly prefix?: string }) {
  return (
    <span class={`verdict ${props.state}`}>
      <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={shapes[props.state]} />
      </svg>
      {props.prefix === undefined ? null : <span class="unseen">{props.prefix} </span>}
      {words[props.state]}
    </span>
  );
}

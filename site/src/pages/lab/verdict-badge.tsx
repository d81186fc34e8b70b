// A verdict as a badge: a word and a shape, so that it is not told by colour alone.
import { stateShapes, stateWords, type TrialState } from '../../lab/shared/states.ts';

export function VerdictBadge(props: { readonly state: TrialState; readonly prefix?: string }) {
  return (
    <span class={`verdict ${props.state}`}>
      <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={stateShapes[props.state]} />
      </svg>
      {props.prefix === undefined ? null : <span class="unseen">{props.prefix} </span>}
      {stateWords[props.state]}
    </span>
  );
}

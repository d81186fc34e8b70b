// A paper's claim, tried: on the paper's page, under its abstract.
import type { StoredResult } from '@offprint/lab';
import { raw } from 'hono/html';
import type { Panel } from '../../lab/panel.ts';
import { estimateText, intervalText, mainFinding } from '../../lab/shared/findings.ts';
import { sentenceText } from '../../lab/shared/numbers.ts';
import { stateOf } from '../../lab/trial.ts';
import { ControlForm } from './control-form.tsx';
import { FindingsTable } from './findings-table.tsx';
import { ResultFacts } from './result-facts.tsx';
import { RunBlock } from './run-block.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

export function TrialPanel(props: { readonly panel: Panel; readonly path: string }) {
  const { trial, figures, live, notes, plans, data } = props.panel;
  const { claim } = trial.tried;
  const [first, ...others] = figures;
  return (
    <section class="trial" id="lab" aria-labelledby="lab-title">
      <header class="trial-head">
        <h2 id="lab-title">The claim, tried</h2>
        <VerdictBadge state={stateOf(trial)} prefix="Verdict:" />
      </header>
      <div class="beside">
        <div class="found">
          <p class="claim">{claim.statement}</p>
          {trial.result === undefined ? (
            <p class="absent">
              There is no full run yet, so there is no verdict: the rule below was written before the first
              one.
            </p>
          ) : (
            <Found decision={trial.result.decision} />
          )}
        </div>
        {first === undefined ? null : raw(first)}
      </div>
      {others.length === 0 ? null : (
        <details class="more-plots">
          <summary>{others.length === 1 ? 'One more plot' : `${others.length} more plots`}</summary>
          <div class="plots">{others.map((figure) => raw(figure))}</div>
        </details>
      )}
      <section class="trial-part" id="try" aria-labelledby="try-title">
        <h3 id="try-title">Try it</h3>
        <div class="beside">
          <div class="moved">
            <p>{live.page.invitation}</p>
            <ControlForm
              number={claim.paper.number}
              action={props.path}
              stored={trial.result !== undefined}
              controls={live.page.controls}
              values={live.values}
            />
          </div>
          <div class="plots" data-lab-figures>
            {live.problem === undefined ? null : <p class="notice">{live.problem}</p>}
            {live.figures.map((figure) => raw(figure))}
          </div>
        </div>
        <p class="unseen" role="status" data-lab-said />
      </section>
      <RunBlock
        number={claim.paper.number}
        plans={plans}
        data={data}
        stored={trial.result?.decision.verdict}
      />
      <section class="trial-part" aria-labelledby="rule-title">
        <h3 id="rule-title">The rule, written before the run</h3>
        <dl class="rule">
          <div>
            <dt>Confirmed</dt>
            <dd>{claim.rule.confirmed}</dd>
          </div>
          <div>
            <dt>Refuted</dt>
            <dd>{claim.rule.refuted}</dd>
          </div>
          <div>
            <dt>Undecided</dt>
            <dd>Otherwise, at this scale.</dd>
          </div>
          <div>
            <dt>Scale</dt>
            <dd>{claim.scale}</dd>
          </div>
        </dl>
        {trial.result === undefined || trial.result.decision.findings.length === 0 ? null : (
          <FindingsTable
            findings={trial.result.decision.findings}
            caption="What the rule looked at in the full run; intervals are of 95 % where nothing else is said"
          />
        )}
      </section>
      {trial.result === undefined ? null : <ResultFacts result={trial.result} number={claim.paper.number} />}
      {notes === undefined ? null : (
        <details class="notes">
          <summary>What was found, at length</summary>
          <div class="notes-text">{raw(notes)}</div>
        </details>
      )}
      <p class="byline">
        <a href="/lab/about">What a verdict means, and what it does not</a> ·{' '}
        <a href="/lab">all papers in the lab</a>
      </p>
    </section>
  );
}

/** What was found, and the number that tells it best, large. */
function Found(props: { readonly decision: StoredResult['decision'] }) {
  const main = mainFinding(props.decision);
  return (
    <>
      {main === undefined ? null : (
        <p class="measure">
          <strong>{estimateText(main)}</strong>
          <span>
            {main.name}
            <small>interval {intervalText(main)}</small>
          </span>
        </p>
      )}
      <p>{sentenceText(props.decision.sentence)}</p>
    </>
  );
}

// What a finished run is shown as: the rule's decision beside the stored one, the numbers, the plots.
import { type Decision, renderPlot, type Size, type Verdict } from '@offprint/lab/browser';
import { estimateText, intervalText } from '../../lab/shared/findings.ts';
import { durationText, sentenceText } from '../../lab/shared/numbers.ts';
import { stateShapes, stateWords } from '../../lab/shared/states.ts';
import type { FinishedRun } from './run-pool.ts';

/** An element with a class and a text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (text !== '') made.textContent = text;
  return made;
}

export interface DecidedRun {
  readonly decision: Decision;
  readonly finished: FinishedRun;
  /** What it ran on, in words. */
  readonly on: string;
  /** The verdict of the full run. */
  readonly stored: Verdict | undefined;
}

/** What the decision of a run of a size is worth. */
const weight: Readonly<Record<Size, string>> = {
  smoke: 'A glimpse shows that it runs; it is too small for its decision to mean anything.',
  short: 'A short run decides less surely than the full one: the verdict of the page stays.',
  full: '',
};

export function decisionParts({ decision, finished, on, stored }: DecidedRun): HTMLElement[] {
  const { results, plots, seconds } = finished;
  const verdict = element('p', 'run-verdict');
  verdict.append('By the rule, this run: ', badge(decision.verdict));
  if (stored !== undefined) verdict.append(' The full run: ', badge(stored));
  const figures = element('div', 'plots');
  figures.innerHTML = plots.map((plot) => renderPlot(plot, document)).join('');
  return [
    verdict,
    element('p', '', sentenceText(decision.sentence)),
    ...(decision.findings.length === 0 ? [] : [findingsTable(decision)]),
    figures,
    element(
      'p',
      'run-line',
      `${results.runs.length} runs ${on}, in ${durationText(seconds)}. ${weight[results.size]}`,
    ),
  ];
}

function badge(verdict: Verdict): HTMLElement {
  const made = element('span', `verdict ${verdict}`);
  const namespace = 'http://www.w3.org/2000/svg';
  const icon = document.createElementNS(namespace, 'svg');
  const path = document.createElementNS(namespace, 'path');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', stateShapes[verdict]);
  icon.append(path);
  made.append(icon, stateWords[verdict]);
  return made;
}

const columns = ['What', 'Found', 'Interval', 'The rule asks', 'Holds'];

function findingsTable({ findings }: Decision): HTMLElement {
  const around = element('section', 'scroll');
  const table = element('table', 'findings');
  const title = 'What the rule looked at in this run; intervals are of 95 % where nothing else is said';
  around.tabIndex = 0;
  around.setAttribute('aria-label', title);
  table.append(element('caption', '', title));
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    const cell = element('th', '', column);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = table.createTBody();
  for (const finding of findings) {
    const row = body.insertRow();
    const name = element('th', '', finding.name);
    name.scope = 'row';
    row.append(
      name,
      element('td', 'number', estimateText(finding)),
      element('td', 'number', intervalText(finding) ?? '–'),
      element('td', '', sentenceText(finding.criterion ?? 'nothing: it informs')),
      element('td', '', finding.holds === undefined ? '–' : finding.holds ? 'yes' : 'no'),
    );
  }
  around.append(table);
  return around;
}

// A finished run as a page of Markdown: the claim, the rule, what was found, what every arm measured, the plots.
import type { Claim } from '../experiment/claim.ts';
import { metricLines } from './metric-table.ts';
import { readableInterval, readableNumber, readableSeconds } from './readable.ts';
import { resultsOf, type StoredResult } from './stored-result.ts';

/** A plot's title and the file it was drawn into, beside the report. */
export interface DrawnPlot {
  readonly title: string;
  readonly caption: string;
  readonly file: string;
}

export function renderReport(claim: Claim, result: StoredResult, plots: readonly DrawnPlot[]): string {
  const { decision, machine, versions } = result;
  const seeds = new Set(result.runs.map(({ seed }) => seed)).size;
  return [
    `# ${claim.paper.name}: ${decision.verdict} at size ${result.size}`,
    decision.sentence,
    `**The claim.** ${claim.statement}`,
    `**The rule.** Confirmed: ${claim.rule.confirmed} Refuted: ${claim.rule.refuted} Otherwise undecided.`,
    `**The scale.** ${claim.scale}`,
    '## What was found',
    markdownTable(findingsTable(decision.findings)),
    '## What every arm measured',
    'Means over seeds with 95 % t-intervals; runs that measured no finite number are counted apart.',
    markdownTable(metricTable(result)),
    ...plots.flatMap(({ title, caption, file }) => [`## ${title}`, `![${title}](${file})`, caption]),
    '## How it was run',
    [
      `- ${result.runs.length} runs, ${seeds} seeds; ${readableSeconds(result.wallSeconds)} by the clock, ${readableSeconds(result.cpuSeconds)} of computing`,
      `- from ${result.startedAt} to ${result.finishedAt}`,
      `- ${machine.processor}, ${machine.cores} cores, ${(machine.memoryBytes / 2 ** 30).toFixed(0)} GiB, ${machine.platform}, ${machine.device}`,
      `- ${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
      `- code ${result.code}`,
    ].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

/** A table of words; the first cell of a row names it. */
export interface WordTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the rule looked at. */
export function findingsTable(findings: StoredResult['decision']['findings']): WordTable {
  return {
    head: ['measured', 'estimate', 'interval', 'the rule asks', 'holds'],
    rows: findings.map(({ name, estimate, low, high, unit, criterion, holds }) => [
      name,
      `${readableNumber(estimate)}${unit === undefined ? '' : ` ${unit}`}`,
      low === undefined || high === undefined ? '' : readableInterval(low, high),
      criterion ?? '',
      holds === undefined ? '' : holds ? 'yes' : 'no',
    ]),
  };
}

/** Arms × metrics. */
export function metricTable(result: StoredResult): WordTable {
  return {
    head: ['metric', 'arm', 'mean', '95 % interval', 'runs'],
    rows: metricLines(resultsOf(result)).map(({ metric, arm, mean, interval, runs, diverged }) => [
      metric,
      arm,
      readableNumber(mean),
      interval === undefined ? '' : readableInterval(interval.low, interval.high),
      diverged === 0 ? String(runs) : `${runs}, ${diverged} diverged`,
    ]),
  };
}

/** Cells padded to columns, so that the source reads as well as the page. */
export function markdownTable({ head, rows }: WordTable): string {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ')),
  );
  const widths = head.map((_, i) => Math.max(3, ...cells.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  return [line(first), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rest.map(line)].join(
    '\n',
  );
}

// An evaluation as text for a terminal: the table, what failed, and the questions that were lost.
import { worstLosers } from './losers.ts';
import { type MetricName, metricNames } from './metrics.ts';
import type { CollectionResult, Comparison, Evaluation, SystemResult } from './result.ts';

/**
 * One table a collection: every system's means, and below each mean its difference to the baseline with its interval.
 * A difference is marked `*` when Holm's adjusted p is below 1 − level.
 */
export function renderEvaluation(evaluation: Evaluation): string {
  const percent = Number((100 * evaluation.level).toFixed(1));
  const parts = evaluation.collections.map((collection) => renderCollection(collection, evaluation));
  const legend =
    `Differences to ${evaluation.baseline} with ${percent} % bootstrap intervals over questions; ` +
    `* where the paired randomization test, Holm-adjusted over collections, is below ${Number((1 - evaluation.level).toFixed(3))}.`;
  if (parts.length > 0) parts.push(`${legend}\n`);
  if (evaluation.failures.length > 0) parts.push(renderFailures(evaluation));
  return parts.join('\n');
}

/** The worst-lost questions of every system against the baseline, with both nDCG@10 and both first results. */
export function renderLosers(evaluation: Evaluation, count = 5): string {
  const parts: string[] = [];
  for (const collection of evaluation.collections) {
    for (const { name } of collection.systems) {
      const lost = worstLosers(collection, evaluation.baseline, name, count);
      if (lost.length === 0) continue;
      parts.push(`${collection.name}: where ${name} loses most against ${evaluation.baseline} (nDCG@10)`);
      for (const { baseline, system } of lost) {
        parts.push(`  ${system.id}  ${number(baseline)} → ${number(system)}  ${shortened(system.text, 90)}`);
        parts.push(
          `      ${evaluation.baseline}: ${firstOf(baseline.top)}`,
          `      ${name}: ${firstOf(system.top)}`,
        );
      }
      parts.push('');
    }
  }
  return parts.join('\n');
}

function renderCollection(collection: CollectionResult, evaluation: Evaluation): string {
  const left =
    collection.unanswerable === 0 ? '' : `, ${collection.unanswerable} without a relevant document left out`;
  const heading = `${collection.name}: ${collection.documents} documents, ${collection.queries} questions${left}`;
  const rows = collection.systems.flatMap((system) => systemRows(system, evaluation));
  return `${heading}\n${columns([['', ...metricNames], ...rows])}`;
}

function systemRows(system: SystemResult, evaluation: Evaluation): string[][] {
  const means = [system.name, ...metricNames.map((metric) => system.means[metric].toFixed(4))];
  const compared = system.versusBaseline;
  if (compared === null) return [means];
  const differences = metricNames.map((metric: MetricName) => difference(compared[metric], evaluation.level));
  return [means, ['', ...differences]];
}

function difference(comparison: Comparison, level: number): string {
  const mark = comparison.pHolm < 1 - level ? '*' : '';
  return `${signed(comparison.difference)} [${signed(comparison.low)}, ${signed(comparison.high)}]${mark}`;
}

function signed(value: number): string {
  const text = value.toFixed(3);
  return Number(text) === 0 ? '0.000' : value > 0 ? `+${text}` : text;
}

function renderFailures(evaluation: Evaluation): string {
  const lines = evaluation.failures.map(({ collection, system, message }) =>
    system === null ? `  ${collection}: ${message}` : `  ${collection}, ${system}: ${message}`,
  );
  return `Not evaluated:\n${lines.join('\n')}\n`;
}

/** Cells padded to columns, the first left and the others right. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${rows.map((row) => `  ${line(row)}`).join('\n')}\n`;
}

function number(query: { readonly metrics: Readonly<Record<MetricName, number>> }): string {
  return query.metrics['nDCG@10'].toFixed(3);
}

function firstOf(top: readonly string[]): string {
  return top.length === 0 ? 'nothing found' : top.slice(0, 3).join(', ');
}

/** At most `length` characters of one line, free of control characters. */
function shortened(text: string, length: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length <= length ? line : `${[...line].slice(0, length - 1).join('')}…`;
}

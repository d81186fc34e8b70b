// A student's report as text for a terminal.
import { renderEvaluation } from '@offprint/search';
import type { TrainedStudent } from './train-and-judge.ts';

/** What was trained, the table of systems, both speeds, the rule and its outcome. */
export function renderStudentReport({ summary, report, rule }: Omit<TrainedStudent, 'encoder'>): string {
  const { speed, verdict, evaluation } = report;
  const { lists, developmentKl } = summary;
  const lines = [
    `Trained on ${summary.papers} papers: ${summary.rows} tokens of ${summary.dimensions} numbers.`,
    `Cosine to the teacher over the papers: ${summary.agreementAtStart.toFixed(3)} at the start, ${summary.agreement.toFixed(3)} after the regression.`,
  ];
  if (lists !== null && developmentKl !== null)
    lines.push(
      `Lists: ${lists.training} trained on, ${lists.development} held out; their KL fell from ` +
        `${developmentKl.before.toFixed(3)} to ${developmentKl.after.toFixed(3)} by step ${developmentKl.bestStep}.`,
    );
  const difference = `${signed(verdict.difference.mean)} [${signed(verdict.difference.low)}, ${signed(verdict.difference.high)}]`;
  return [
    ...lines,
    '',
    renderEvaluation(evaluation),
    `Speed: ${Math.round(speed.student)} papers a second, ${Math.round(speed.replaced)} before.`,
    `nDCG@10 over all questions, fused: ${difference}.`,
    rule,
    verdict.sentence,
    '',
  ].join('\n');
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
}

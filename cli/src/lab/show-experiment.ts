// `lab show`: what a paper claims, by which rule that is decided, what was found, and where the code is.
import { findingsTable, readableSeconds, readResult } from '@offprint/lab';
import type { Tried } from '@offprint/lab/browser';
import { sizes } from '@offprint/lab/browser';
import { wrap } from '../terminal-text.ts';
import { fitTable } from './fit-table.ts';

export async function showExperiment(tried: Tried, asJson: boolean): Promise<void> {
  const { id, claim } = tried;
  const result = await readResult(id);
  const { plans } = await tried.loadExperiment();
  if (asJson) {
    const { paper, statement, rule, scale } = claim;
    const shown = { id, paper, statement, rule, scale, plans, decision: result?.decision ?? null };
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return;
  }
  const lines = [
    `${claim.paper.number}  ${claim.paper.name}  (${claim.paper.id})`,
    '',
    wrap(`Claim: ${claim.statement}`),
    wrap(`Confirmed: ${claim.rule.confirmed}`),
    wrap(`Refuted: ${claim.rule.refuted}`),
    wrap(`Scale: ${claim.scale}`),
    '',
    ...(result === undefined
      ? [`Not run at full size yet: offprint lab run ${claim.paper.number} --full`]
      : [
          wrap(`${capitalised(result.decision.verdict)}. ${result.decision.sentence}`),
          '',
          fitTable(findingsTable(result.decision.findings)),
          '',
          `${result.runs.length} runs in ${readableSeconds(result.wallSeconds)}, ${result.finishedAt.slice(0, 10)}, ${result.machine.processor}`,
        ]),
    '',
    ...sizes.map((size) => {
      const { arms, seeds, secondsPerRun } = plans[size];
      const runs = arms.length * seeds;
      return `${size.padEnd(5)}  ${arms.length} arms × ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, about ${readableSeconds(runs * secondsPerRun)} on one core`;
    }),
    '',
    `Code, claim and findings: lab/src/experiments/${id}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

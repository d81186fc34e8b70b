// `lab list`: every paper that could be tried, with its verdict.
import { readResult } from '@offprint/lab';
import { clip, terminalWidth } from '../terminal-text.ts';
import { labPapers } from './starter-papers.ts';

export async function listExperiments(asJson: boolean): Promise<void> {
  const papers = await Promise.all(
    (await labPapers()).map(async ({ number, id, title, tried }) => {
      const result = tried === undefined ? undefined : await readResult(tried.id);
      const standing =
        tried === undefined ? 'not tried yet' : (result?.decision.verdict ?? 'not run at full size yet');
      return { number, id, title, experiment: tried?.id, name: tried?.claim.paper.name, standing };
    }),
  );
  if (asJson) {
    process.stdout.write(papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
    return;
  }
  const width = Math.max(...papers.map(({ standing }) => standing.length));
  for (const { number, id, title, name, standing } of papers) {
    const start = `${String(number).padStart(3)}  ${id.padEnd(10)}  ${standing.padEnd(width)}  `;
    const words = name === undefined ? title : `${name}: ${title}`;
    process.stdout.write(`${start}${clip(words, Math.max(20, terminalWidth() - start.length))}\n`);
  }
}

// The papers that the lab can try, by their number in the starter catalogue, and the experiment of each that was tried.
import { OffprintError, parsePaperId, readStarterRecords } from '@offprint/catalogue';
import { experiments, type Tried } from '@offprint/lab/browser';
import { clip } from '../terminal-text.ts';

export interface LabPaper {
  /** Its place in the starter catalogue, from 1. */
  readonly number: number;
  readonly id: string;
  readonly title: string;
  /** Undefined where nobody has tried it yet. */
  readonly tried: Tried | undefined;
}

/** All of them, in the catalogue's order; experiments of other papers come after. */
export async function labPapers(): Promise<LabPaper[]> {
  const records = await readStarterRecords();
  const starters = records.map(({ id, title }, i) => ({
    number: i + 1,
    id,
    title,
    tried: experiments.find(({ claim }) => claim.paper.id === id),
  }));
  const others = experiments
    .filter(({ claim }) => starters.every(({ id }) => id !== claim.paper.id))
    .map((tried) => ({ ...tried.claim.paper, title: tried.claim.paper.name, tried }));
  return [...starters, ...others];
}

/**
 * The paper that somebody means: by number, also as the experiments' folders write it, or by any spelling of its arXiv id.
 * @throws OffprintError `not-found`
 */
export async function findLabPaper(words: string): Promise<LabPaper> {
  const papers = await labPapers();
  const number = /^0?[1-9]\d{0,3}$/.test(words) ? Number(words) : undefined;
  const id = number === undefined ? parsePaperId(words) : undefined;
  const found = papers.find((paper) => paper.number === number || paper.id === id);
  if (found !== undefined) return found;
  throw new OffprintError(
    'not-found',
    `There is no paper ${clip(words, 40)} in the lab: "offprint lab list" shows those that there are.`,
  );
}

/** @throws OffprintError `not-found` when nobody has tried that paper */
export async function findTried(words: string): Promise<Tried> {
  const { tried, number, title } = await findLabPaper(words);
  if (tried !== undefined) return tried;
  const numbers = experiments.map(({ claim }) => claim.paper.number).sort((a, b) => a - b);
  throw new OffprintError(
    'not-found',
    `Paper ${number} (${title}) has not been tried yet${numbers.length === 0 ? '' : `; tried are ${numbers.join(', ')}`}.`,
  );
}

// Questions made of the catalogue alone, four kinds of them: what a student is trained on where nobody has asked yet.
// Tamber et al. 2025, https://arxiv.org/abs/2502.19712; where they let a language model write, we cut.
import { pcg32, type Random } from '@offprint/methods';
import type { TrainingPaper } from './training-paper.ts';

export type QueryKind = 'title' | 'keywords' | 'claim' | 'random';

export interface SyntheticQuery {
  readonly kind: QueryKind;
  readonly text: string;
  /** The place of the paper that it was made of. */
  readonly source: number;
}

/** How telling a paper's words are: terms with their weights. */
export type KeywordsOf = (paper: number, count: number) => string[];

/** Shorter questions could mean any paper. */
const fewestWords = 3;
const longestClaim = 300;
const randomWords = 8;
const keywordCount = 5;

/**
 * One question of every kind that a paper allows: its title, its most telling words, its first sentence, and eight
 * words from anywhere in it. Questions that two papers share are left out.
 */
export function syntheticQueries(
  papers: readonly TrainingPaper[],
  keywordsOf: KeywordsOf,
  seed: number,
): SyntheticQuery[] {
  const random = pcg32(seed);
  const made = papers.flatMap(({ title, abstract }, source) => {
    const texts: Record<QueryKind, string> = {
      title: title.trim(),
      keywords: keywordsOf(source, keywordCount).join(' '),
      claim: firstSentence(abstract),
      random: randomSpan(abstract, random),
    };
    return queryKinds.map((kind): SyntheticQuery => ({ kind, text: texts[kind], source }));
  });
  const uses = Map.groupBy(made, ({ text }) => text.toLowerCase());
  return made.filter(
    ({ text }) =>
      text.split(/\s+/).length >= fewestWords &&
      new Set(uses.get(text.toLowerCase())?.map(({ source }) => source)).size === 1,
  );
}

/** All kinds, in the order in which they are made. */
export const queryKinds: readonly QueryKind[] = ['title', 'keywords', 'claim', 'random'];

/** The first sentence of a text, cut where it runs on. */
export function firstSentence(text: string): string {
  const [first = ''] = text.trim().split(/(?<=[.?!])\s+/, 1);
  return first.slice(0, longestClaim);
}

function randomSpan(text: string, random: Random): string {
  const words = text.trim().split(/\s+/);
  if (words.length <= randomWords) return '';
  const start = random.nextBelow(words.length - randomWords);
  return words.slice(start, start + randomWords).join(' ');
}

/** Which papers train and which tell when to stop: a tenth of the sources, drawn by the seed, is never trained on. */
export function developmentSources(papers: number, seed: number): ReadonlySet<number> {
  const random = pcg32(seed, 90);
  return new Set(
    Array.from({ length: papers }, (_, paper) => paper).filter(() => random.nextBelow(10) === 0),
  );
}

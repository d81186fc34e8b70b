// Held-out titles as questions: each asks for the abstract that it was taken from, among many.
import { pcg32 } from '@offprint/methods';
import type { Collection } from '@offprint/search';
import { noQueries } from '@offprint/search';
import type { TrainingPaper } from './training-paper.ts';

export interface TitleSplit {
  /** What may be trained on. */
  readonly training: readonly TrainingPaper[];
  /** Titles of papers held out of training, to be found among abstracts. */
  readonly collection: Collection;
}

/** At most so many titles are asked for, and so many abstracts looked through. */
const limits = { questions: 300, documents: 3000 };

/**
 * Holds a tenth of the papers out, 300 at most, and asks for them by title among 3,000 abstracts without titles.
 * Titles that several papers share are not asked for.
 */
export function holdOutTitles(papers: readonly TrainingPaper[], seed: number): TitleSplit {
  const random = pcg32(seed, 10);
  const order = papers
    .map((paper) => ({ paper, key: random.nextUint32() }))
    .sort((a, b) => a.key - b.key)
    .map(({ paper }) => paper);
  const held = order.slice(0, Math.min(limits.questions, Math.ceil(papers.length / 10)));
  const titles = Map.groupBy(papers, ({ title }) => title.trim().toLowerCase());
  const asked = held.filter(
    ({ title }) => title.trim() !== '' && titles.get(title.trim().toLowerCase())?.length === 1,
  );
  return {
    training: order.slice(held.length),
    collection: {
      name: 'titles',
      documents: order
        .slice(0, limits.documents)
        .map(({ id, abstract }) => ({ id, title: '', text: abstract })),
      training: noQueries,
      test: {
        queries: asked.map(({ id, title }) => ({ id, text: title })),
        judgements: new Map(asked.map(({ id }) => [id, new Map([[id, 1]])])),
      },
    },
  };
}

// A search service over a fixed list of papers, for tests of how the site shows what search answers.
import type { PaperCard } from '@offprint/catalogue';
import type { SearchHit, SearchService } from '@offprint/discovery';
import { mlAnalyser } from '@offprint/search';

/** Finds papers whose title or abstract holds every word, in the order of the list. */
export function fixedSearch(papers: readonly PaperCard[]): SearchService {
  const hit = (paper: PaperCard, score: number): SearchHit => ({ paper, score, explanation: undefined });
  const byDate = (a: PaperCard, b: PaperCard): number => {
    const [left, right] = [a.publishedAt ?? '', b.publishedAt ?? ''];
    return left === right ? (a.id < b.id ? -1 : 1) : left < right ? 1 : -1;
  };
  const ordered = (some: readonly PaperCard[], sort: string | undefined): PaperCard[] => {
    if (sort === 'date') return some.toSorted(byDate);
    return sort === 'votes' ? some.toSorted((a, b) => b.upvotes - a.upvotes) : [...some];
  };
  return {
    search: async ({ q, sort, offset = 0, limit = 20, facets, explain, mode }) => {
      const words: readonly string[] =
        q
          .slice(0, 250)
          .toLowerCase()
          .match(/(?<![\w:])\w+(?![\w:])/g) ?? [];
      const found = ordered(
        papers.filter((paper) =>
          words.some((word) => `${paper.title} ${paper.abstract}`.toLowerCase().includes(word)),
        ),
        sort,
      );
      return {
        hits: found.slice(offset, offset + limit).map((paper, i) => ({
          ...hit(paper, 1 / (1 + offset + i)),
          explanation: explain
            ? {
                fusion: 'weighted',
                parts: [
                  { by: 'words', raw: 7.5, normalised: 0.8, weight: 0.6, contribution: 0.48 },
                  { by: 'meaning', raw: null, normalised: 0, weight: 0.4, contribution: 0 },
                ],
                terms: words.map((term) => ({
                  term,
                  field: 'text',
                  documentFrequency: found.length,
                  idf: 1.5,
                  frequency: 2,
                  norm: 0.9,
                  weight: 1,
                  contribution: 3.75,
                })),
              }
            : undefined,
        })),
        total: found.length,
        capped: false,
        facets: facets
          ? {
              years: [{ value: '2026', papers: found.length }],
              categories: [{ value: 'cs.LG', papers: 2 }],
              sources: [],
              withCode: 1,
            }
          : undefined,
        mode: mode ?? 'hybrid',
        terms: mlAnalyser.text(words.join(' ')).map(({ term }) => term),
        replaced: [],
        expansion: [],
        suggestion: words.includes('exampel') ? q.replace('exampel', 'example') : undefined,
        notes: q.length > 250 ? ['Only the first 250 characters were searched.'] : [],
        searched: q.slice(0, 250),
      };
    },
    similar: async ({ like, limit = 20, offset = 0, sort }) => {
      const others = ordered(
        papers.filter(({ id }) => !like.includes(id)),
        sort,
      );
      return {
        hits: others.slice(offset, offset + limit).map((paper, i) => hit(paper, 1 / (1 + offset + i))),
        total: others.length,
        mode: 'meaning',
      };
    },
    complete: async (text, limit = 6) => ({
      papers: papers
        .filter(({ title }) => title.toLowerCase().includes(text.toLowerCase()))
        .slice(0, limit)
        .map(({ id, title }) => ({ id, title })),
      authors: [{ name: 'A. Author', papers: 3 }]
        .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
        .slice(0, limit),
    }),
    status: async () => ({
      papers: papers.length,
      encoded: papers.length,
      encoder: undefined,
      next: undefined,
      segments: 1,
      indexBytes: 0,
      vectorBytes: 0,
      caughtUp: true,
    }),
    revision: () => '1',
  };
}

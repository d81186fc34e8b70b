import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchDocument } from '../document.ts';
import { noFilter, type Query } from '../query/query.ts';
import { documentWith, query, someId } from '../testing/arbitraries.ts';
import { BruteForce } from '../testing/brute-force.ts';
import { plainAnalyser } from '../testing/plain-analyser.ts';
import { standardScoring } from './scoring.ts';
import { SearchIndex } from './search-index.ts';

const paper = (id: string, more: Partial<SearchDocument> = {}): SearchDocument => ({
  id,
  title: 'A title',
  abstract: 'An abstract',
  authors: ['A. Author'],
  categories: ['cs.LG'],
  date: '2025-01-01',
  source: 'here',
  hasCode: false,
  votes: 0,
  ...more,
});

const words = (...terms: string[]): Query => ({
  words: terms.map((term) => ({ field: 'any', alternatives: [[{ term, offset: 0 }]], written: term })),
  required: [],
  excluded: [],
  filter: noFilter,
  freeText: terms.join(' '),
  notes: [],
});

const ids = (index: SearchIndex, asked: Query, limit = 10): string[] =>
  index.search(asked, { limit }).hits.map(({ id }) => id);

describe('an index against a scorer without one', () => {
  const scoring = { ...standardScoring, titleWeight: 1.7 };
  const batch = fc.array(documentWith(someId), { maxLength: 25 });
  const removal = fc.array(someId, { maxLength: 6 });
  const history = fc.array(fc.record({ put: batch, remove: removal, compact: fc.boolean() }), {
    minLength: 1,
    maxLength: 7,
  });

  it('finds the same papers with the same scores in the same order, after any history of puts, removals and merges', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(query, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (steps, queries, limit) => {
          const index = SearchIndex.create({ analyser: plainAnalyser, scoring });
          const current = new Map<string, SearchDocument>();
          for (const step of steps) {
            index.put(step.put);
            for (const document of step.put) current.set(document.id, document);
            index.remove(step.remove);
            for (const id of step.remove) current.delete(id);
            if (step.compact) index.compact();
          }
          index.compact();
          const documents = [...current.values()];
          expect(index.size).toBe(documents.length);
          const brute = new BruteForce(plainAnalyser, scoring, documents);
          for (const asked of queries) {
            const expected = brute.search(documents, asked);
            const { hits, matched } = index.search(asked, { limit });
            expect(hits.map(({ id }) => id)).toEqual(expected.slice(0, limit).map(({ id }) => id));
            hits.forEach(({ score }, i) => {
              expect(Math.abs(score - (expected[i]?.score ?? 0))).toBeLessThan(1e-9 * score);
            });
            expect(matched.exact ? matched.count : expected.length).toBe(expected.length);
            expect(matched.count).toBeLessThanOrEqual(expected.length);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('an index', () => {
  it('finds a paper in the next search after its put', () => {
    const index = SearchIndex.create({ analyser: plainAnalyser });
    expect(index.put([paper('a', { title: 'Retention' })])).toEqual({ added: 1, updated: 0, unchanged: 0 });
    expect(ids(index, words('retention'))).toEqual(['a']);
  });
});

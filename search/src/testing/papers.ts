// Papers and queries for tests: small ones by hand, and many with the word frequencies of real text.
import type { SearchDocument } from '../document.ts';
import { type Clause, noFilter, type Query, type QueryField } from '../query/query.ts';

/** A paper with the given properties and nothing remarkable otherwise. */
export function paper(id: string, more: Partial<SearchDocument> = {}): SearchDocument {
  return {
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
  };
}

/** A clause of terms in sequence: one is a word, several are a phrase. */
export function clauseOf(text: string, field: QueryField = 'any'): Clause {
  const terms = text.split(' ').map((term, offset) => ({ term, offset }));
  return { field, alternatives: [terms], written: text };
}

/** A query of words that are or-ed. */
export function wordsOf(...words: string[]): Query {
  return {
    words: words.map((word) => clauseOf(word)),
    required: [],
    excluded: [],
    filter: noFilter,
    freeText: words.join(' '),
    notes: [],
  };
}

/** Numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** Papers of words whose frequencies fall like 1/rank: the first is in most papers, the last in hardly any. */
export function zipfPapers(count: number, random: () => number): SearchDocument[] {
  const text = (words: number): string => Array.from({ length: words }, () => zipfWord(random)).join(' ');
  return Array.from({ length: count }, (_, i) =>
    paper(`z${i}`, {
      title: text(2 + Math.floor(random() * 4)),
      abstract: text(5 + Math.floor(random() * 30)),
      votes: Math.floor(random() * 50),
      hasCode: random() < 0.3,
    }),
  );
}

/** One of 3,000 words, `w0` the most frequent. */
export function zipfWord(random: () => number): string {
  return `w${Math.floor(3000 ** random()) - 1}`;
}

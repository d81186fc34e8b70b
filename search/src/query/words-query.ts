// A query that is nothing but words: texts that were not written in the query language, such as judged questions.
import type { Analyser, Token } from '../analysis/analyser.ts';
import { type Clause, noFilter, type Query } from './query.ts';

/** Every word of a text, none of them required; quotes, hyphens and colons mean nothing. */
export function wordsQuery(text: string, analyser: Analyser): Query {
  return {
    words: wordClauses(analyser.text(text)),
    required: [],
    excluded: [],
    filter: noFilter,
    freeText: text,
    notes: [],
  };
}

/** One clause a term, each once, in the order of the text; a term that stands several times weighs as often. */
export function wordClauses(tokens: readonly Token[]): Clause[] {
  const times = new Map<string, number>();
  for (const { term } of tokens) times.set(term, (times.get(term) ?? 0) + 1);
  return [...times].map(([term, weight]) => ({
    field: 'text',
    alternatives: [[{ term, offset: 0 }]],
    written: term,
    weight,
  }));
}

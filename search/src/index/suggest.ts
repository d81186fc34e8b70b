// "Did you mean": the query with its rare words spelt as many papers spell them.
import type { Query } from '../query/query.ts';
import { vocabulariesOf } from './plan.ts';
import type { PlanSource } from './query-plan.ts';

/** A neighbour is suggested when it is in so many times more papers than what was written, and in so many at least. */
const timesMore = 20;
const fewest = 5;
const shortest = 4;
const mostWords = 16;

/** @returns the text of the query, otherwise as it was written, or `undefined` when nothing better is known. */
export function suggest(query: Query, source: PlanSource): string | undefined {
  let text = query.freeText;
  for (const { field, alternatives, written } of query.words.slice(0, mostWords)) {
    const [only, ...others] = alternatives;
    const term = only?.[0]?.term;
    if (term === undefined || only?.length !== 1 || others.length > 0 || term.length < shortest) continue;
    const vocabularies = vocabulariesOf(field);
    const documents = vocabularies.reduce((sum, one) => sum + source.documentsWith(term, one), 0);
    const near = vocabularies
      .flatMap((vocabulary) => source.oneEditTerms(term, vocabulary, 1))
      .sort((a, b) => b.documents - a.documents)[0];
    if (near === undefined || near.documents < Math.max(fewest, documents * timesMore)) continue;
    text = text.replace(written, () => near.surface);
  }
  return text === query.freeText ? undefined : text;
}

// "Did you mean": the query with its rare words spelt as many papers spell them.
import type { Query } from '../query/query.ts';
import { termsOfOneWord, vocabulariesOf } from './plan.ts';
import type { PlanSource } from './query-plan.ts';

/** A neighbour is suggested when it is in so many times more papers than what was written, and in so many at least. */
const timesMore = 20;
const fewest = 5;
const shortest = 4;
const mostWords = 16;
/** Words looked up, the rarest: each costs a walk through its neighbours. */
const mostLookedUp = 4;
/** What so many papers write is no slip. */
const established = 50;

/** @returns the text of the query, otherwise as it was written, or `undefined` when nothing better is known. */
export function suggest(query: Query, source: PlanSource): string | undefined {
  const doubtful = query.words
    .slice(0, mostWords)
    .map((clause) => {
      // The word as it is written and its stem are two terms of the index.
      const places = termsOfOneWord(clause)
        .filter((term) => term.length >= shortest)
        .flatMap((term) => vocabulariesOf(clause.field).map((vocabulary) => ({ term, vocabulary })));
      const documents = places.reduce(
        (sum, { term, vocabulary }) => sum + source.documentsWith(term, vocabulary),
        0,
      );
      return { written: clause.written, places, documents };
    })
    .filter(({ places, documents }) => places.length > 0 && documents < established)
    .sort((a, b) => a.documents - b.documents)
    .slice(0, mostLookedUp);
  let text = query.freeText;
  for (const { written, places, documents } of doubtful) {
    const [near] = places
      .flatMap(({ term, vocabulary }) => source.oneEditTerms(term, vocabulary, 1))
      .sort((a, b) => b.documents - a.documents)
      .concat(documents === 0 ? source.slips(written, 1) : []);
    if (near === undefined || near.documents < Math.max(fewest, documents * timesMore)) continue;
    text = text.replace(written, () => near.surface);
  }
  return text === query.freeText ? undefined : text;
}

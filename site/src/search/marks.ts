// How the words of a search are found in a title or an abstract, so that they can be marked.
import { highlightRanges, snippetRange } from '@offprint/search';
import type { Marks } from '../maths/marked.ts';

/** The marks of an answer's terms; `undefined` where nothing was searched by words. */
export function marksOf(terms: readonly string[]): Marks | undefined {
  if (terms.length === 0) return undefined;
  const wanted = new Set(terms);
  return {
    ranges: (text) => highlightRanges(text, wanted),
    window: (text, lengthChars) => snippetRange(text, wanted, lengthChars),
  };
}

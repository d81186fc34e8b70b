// How the words of a search are found in a title or an abstract, so that they can be marked.
import { mlAnalyser } from '@offprint/search';
import type { Marks } from '../maths/marked.ts';

/** The marks of an answer's terms; `undefined` where nothing was searched by words. */
export function marksOf(terms: readonly string[]): Marks | undefined {
  if (terms.length === 0) return undefined;
  const wanted = new Set(terms);
  const ranges = (text: string): [number, number][] => {
    const found: [number, number][] = [];
    for (const { term, start, end } of mlAnalyser.text(text)) if (wanted.has(term)) found.push([start, end]);
    return found;
  };
  return {
    ranges,
    window: (text, length) => {
      const first = ranges(text)[0]?.[0] ?? 0;
      const start = first < length ? 0 : text.lastIndexOf(' ', first - 40) + 1;
      const end = text.lastIndexOf(' ', start + length);
      return [start, end > start ? end : text.length];
    },
  };
}

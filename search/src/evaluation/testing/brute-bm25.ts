// BM25 by the book, over every document for every question: what faster systems are held against in tests.
import type { System } from '../system.ts';

/** Robertson & Zaragoza 2009 with the idf that is never negative; words are runs of letters and digits in lower case. */
export function bruteBm25(name = 'bm25-brute', { k1 = 0.9, b = 0.4 } = {}): System {
  return {
    name,
    version: `k1=${k1} b=${b}`,
    prepare: ({ documents }) => {
      const counts = documents.map(({ id, title, text }) => ({ id, words: countWords(`${title} ${text}`) }));
      const lengths = counts.map(({ words }) => words.values().reduce((sum, count) => sum + count, 0));
      const averageLength = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
      const holders = new Map<string, number>();
      for (const { words } of counts) {
        for (const word of words.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
      }
      const idf = (word: string) => {
        const n = holders.get(word) ?? 0;
        return Math.log(1 + (documents.length - n + 0.5) / (n + 0.5));
      };
      return {
        search: (question, k) => {
          const asked = countWords(question);
          return counts
            .map(({ id, words }, i): [string, number] => {
              let score = 0;
              for (const [word, times] of asked) {
                const tf = words.get(word) ?? 0;
                const norm = k1 * (1 - b + (b * (lengths[i] ?? 0)) / averageLength);
                score += (times * idf(word) * tf) / (tf + norm);
              }
              return [id, score];
            })
            .filter(([, score]) => score > 0)
            .sort(([, left], [, right]) => right - left)
            .slice(0, k);
        },
      };
    },
  };
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

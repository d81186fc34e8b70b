// The words that tell a paper from others: a query made of a text, for finding papers like it by words.
import type { Analyser } from '../analysis/analyser.ts';
import type { Clause } from '../query/query.ts';
import type { PaperText } from './answer.ts';

const mostWords = 25;

/**
 * The heaviest terms of some papers by tf · idf, the title's counted three times, as weighted clauses.
 *
 * @param idf of a term, or 0 where the index does not hold it.
 */
export function tellingWords(
  papers: readonly PaperText[],
  analyser: Analyser,
  idf: (term: string) => number,
): Clause[] {
  const frequencies = new Map<string, number>();
  const add = (text: string, times: number): void =>
    analyser.eachToken(text, (term) => frequencies.set(term, (frequencies.get(term) ?? 0) + times));
  for (const { title, abstract } of papers) {
    add(title, 3);
    add(abstract, 1);
  }
  const weighted = [...frequencies]
    .map(([term, frequency]) => ({ term, weight: frequency * idf(term) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    .slice(0, mostWords);
  const heaviest = weighted[0]?.weight ?? 1;
  return weighted.map(({ term, weight }) => ({
    field: 'text',
    alternatives: [[{ term, offset: 0 }]],
    written: term,
    weight: weight / heaviest,
  }));
}

// BM25 of every paper for a text, over an inverted file in memory: the half of the teacher that counts words.
import type { Analyser } from '@offprint/search';

/** A paper's place and its score. */
export interface PlacedScore {
  readonly place: number;
  readonly score: number;
}

/**
 * Robertson & Zaragoza 2009 with the idf that is never negative; a term of the question counts as often as it stands
 * there. Terms are the search room's own, its second spellings left out.
 */
export class WordScores {
  readonly #analyser: Analyser;
  readonly #postings: ReadonlyMap<string, { readonly places: number[]; readonly weights: number[] }>;
  readonly #sums: Float64Array;

  constructor(texts: readonly string[], analyser: Analyser, { k1 = 0.9, b = 0.4 } = {}) {
    this.#analyser = analyser;
    this.#sums = new Float64Array(texts.length);
    const counted = texts.map((text) => termCounts(text, analyser));
    const lengths = counted.map((counts) => counts.values().reduce((sum, count) => sum + count, 0));
    const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length);
    const postings = new Map<string, { places: number[]; weights: number[] }>();
    for (const [place, counts] of counted.entries())
      for (const [term, count] of counts) {
        const list = postings.get(term) ?? { places: [], weights: [] };
        postings.set(term, list);
        list.places.push(place);
        list.weights.push(count / (count + k1 * (1 - b + (b * (lengths[place] ?? 0)) / average)));
      }
    for (const { weights } of postings.values()) {
      const idf = Math.log(1 + (texts.length - weights.length + 0.5) / (weights.length + 0.5));
      for (let i = 0; i < weights.length; i++) weights[i] = idf * (weights[i] ?? 0);
    }
    this.#postings = postings;
  }

  /** In how many texts a term stands. */
  holders(term: string): number {
    return this.#postings.get(term)?.places.length ?? 0;
  }

  /** The best `k`, best first, ties by place; only texts that share a term. */
  search(text: string, k: number): PlacedScore[] {
    const sums = this.#sums;
    const touched: number[] = [];
    for (const [term, times] of termCounts(text, this.#analyser)) {
      const list = this.#postings.get(term);
      if (list === undefined) continue;
      for (let i = 0; i < list.places.length; i++) {
        const place = list.places[i] ?? 0;
        if (sums[place] === 0) touched.push(place);
        sums[place] = (sums[place] ?? 0) + times * (list.weights[i] ?? 0);
      }
    }
    const found = touched.map((place) => ({ place, score: sums[place] ?? 0 }));
    for (const place of touched) sums[place] = 0;
    return found.sort((x, y) => y.score - x.score || x.place - y.place).slice(0, k);
  }
}

function termCounts(text: string, analyser: Analyser): Map<string, number> {
  const counts = new Map<string, number>();
  analyser.eachToken(text, (term, _position, _start, _end, variant) => {
    if (!variant) counts.set(term, (counts.get(term) ?? 0) + 1);
  });
  return counts;
}

/** A paper's most telling terms by tf · idf, heaviest first, ties by term; terms of one paper alone find only it. */
export function keywordsBy(
  scores: WordScores,
  texts: readonly string[],
  analyser: Analyser,
): (paper: number, count: number) => string[] {
  return (paper, count) =>
    [...termCounts(texts[paper] ?? '', analyser)]
      .filter(([term]) => scores.holders(term) > 1)
      .map(([term, times]) => ({ term, weight: times * Math.log(texts.length / scores.holders(term)) }))
      .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
      .slice(0, count)
      .map(({ term }) => term);
}

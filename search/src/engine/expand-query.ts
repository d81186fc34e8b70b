// A query that has seen its first results: more words, and a vector moved towards them.
import type { Analyser } from '../analysis/analyser.ts';
import { rm3, type WeightedTerm } from '../feedback/rm3.ts';
import { vectorRocchio } from '../feedback/vector-rocchio.ts';
import type { SearchIndex } from '../index/search-index.ts';
import type { Clause, Query } from '../query/query.ts';
import type { PaperText } from './answer.ts';
import type { MeaningSpace } from './meaning-space.ts';
import type { RankingSettings } from './settings.ts';

const smallestWithCommonWords = 100;

export interface ExpandedWords {
  readonly query: Query;
  /** What was added, the heaviest first. */
  readonly added: readonly WeightedTerm[];
}

/**
 * RM3 over the first results. What the reader wrote keeps its clauses and weighs λ; the added words share 1 − λ
 * in proportion, on the scale of the query's own number of words.
 */
export function expandWords(
  query: Query,
  results: readonly PaperText[],
  index: SearchIndex,
  analyser: Analyser,
  { rm3: settings }: Pick<RankingSettings, 'rm3'>,
): ExpandedWords {
  const own = new Set(
    [...query.words, ...query.required].flatMap(({ alternatives }) =>
      alternatives.flat().map(({ term }) => term),
    ),
  );
  const scores = index.scoreOf(
    query,
    Uint32Array.from(results, ({ id }) => index.ordinalOf(id) ?? index.ordinalLimit),
  );
  const documents = results.map(({ title, abstract }, i) => ({
    tokens: [...analyser.text(title), ...analyser.text(abstract)],
    score: scores[i] ?? 0,
  }));
  // In a handful of papers every word is in more than a tenth of them.
  const share = (term: string): number =>
    index.size < smallestWithCommonWords ? 0 : index.termStatistics(term).documents / index.size;
  const added = rm3([], documents, share, settings).filter(({ term }) => !own.has(term));
  const total = added.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0 || settings.original <= 0) return { query, added: [] };
  const scale = ((1 - settings.original) / settings.original) * (query.words.length + query.required.length);
  const weighted = added.map(({ term, weight }) => ({ term, weight: (weight / total) * scale }));
  const clauses: Clause[] = weighted.map(({ term, weight }) => ({
    field: 'text',
    alternatives: [[{ term, offset: 0 }]],
    written: term,
    weight,
  }));
  return { query: { ...query, words: [...query.words, ...clauses] }, added: weighted };
}

/** Rocchio over the vectors of the first results. */
export function expandVector(
  vector: Float32Array,
  results: readonly PaperText[],
  index: SearchIndex,
  meaning: MeaningSpace,
  { rocchio }: Pick<RankingSettings, 'rocchio'>,
): Float32Array {
  const vectors = results.flatMap(({ id }) => {
    const ordinal = index.ordinalOf(id);
    const found = ordinal === undefined ? undefined : meaning.vector(ordinal);
    return found === undefined ? [] : [found];
  });
  return vectorRocchio(vector, vectors, rocchio);
}

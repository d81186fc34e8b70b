// Word feedback: the query is expanded with the words its first results have in common.
import type { Token } from '../analysis/analyser.ts';

export interface Rm3Settings {
  /** How many first results are read. */
  readonly depth: number;
  /** How many of their terms are added. */
  readonly terms: number;
  /** λ: the share of the original query in the expanded one. */
  readonly original: number;
}

export interface FeedbackDocument {
  readonly tokens: readonly Token[];
  /** The score by which it was retrieved; the query likelihood up to a factor. */
  readonly score: number;
}

export interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}

/**
 * The relevance model RM1 over the first results, interpolated with the query: RM3.
 * p(w|R) ∝ Σ_d p(w|d) · score(d), cut to its `terms` likeliest terms and made to sum to 1; then
 * λ · p(w|q) + (1 − λ) · p(w|R). Lavrenko & Croft 2001, Relevance-Based Language Models; Abdul-Jaleel et al.
 * 2004, UMass at TREC 2004. Terms in more than a tenth of the collection say nothing and are left out, as in Anserini.
 *
 * @param query the query's own terms, repeated as often as they were written.
 * @param documentShare the share of documents that hold a term, in [0, 1].
 * @returns weights that sum to 1, the heaviest first, ties by term; multiply by the query's length for BM25.
 */
export function rm3(
  query: readonly string[],
  documents: readonly FeedbackDocument[],
  documentShare: (term: string) => number,
  settings: Rm3Settings,
): WeightedTerm[] {
  const model = relevanceModel(documents.slice(0, settings.depth), documentShare, settings.terms);
  const weights = new Map<string, number>();
  const add = (term: string, weight: number): void => {
    weights.set(term, (weights.get(term) ?? 0) + weight);
  };
  const original = model.length === 0 ? 1 : settings.original;
  for (const term of query) add(term, original / query.length);
  for (const { term, weight } of model) add(term, (query.length === 0 ? 1 : 1 - original) * weight);
  return heaviestFirst(weights);
}

function relevanceModel(
  documents: readonly FeedbackDocument[],
  documentShare: (term: string) => number,
  limit: number,
): WeightedTerm[] {
  const likelihood = new Map<string, number>();
  for (const { tokens, score } of documents)
    for (const { term } of tokens) likelihood.set(term, (likelihood.get(term) ?? 0) + score / tokens.length);
  for (const term of [...likelihood.keys()])
    if (isMeaningless(term) || documentShare(term) > 0.1) likelihood.delete(term);
  const likeliest = heaviestFirst(likelihood).slice(0, limit);
  const total = likeliest.reduce((sum, { weight }) => sum + weight, 0);
  return total > 0 ? likeliest.map(({ term, weight }) => ({ term, weight: weight / total })) : [];
}

/** Single letters and bare numbers are what formulas and tables leave behind. */
function isMeaningless(term: string): boolean {
  return term.length < 2 || /^[\d.]+$/.test(term);
}

function heaviestFirst(weights: ReadonlyMap<string, number>): WeightedTerm[] {
  return [...weights]
    .map(([term, weight]) => ({ term, weight }))
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
}

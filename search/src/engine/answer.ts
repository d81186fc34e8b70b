// What the engine is asked and what it answers; plain data that crosses threads.
import type { Query } from '../query/query.ts';

/** `hybrid` is words and meaning as one ranking; where no vectors are ready it answers by words alone. */
export type SearchMode = 'hybrid' | 'words' | 'meaning';
export type SearchSort = 'relevance' | 'date' | 'votes';

export interface EngineRequest {
  readonly query: Query;
  readonly mode: SearchMode;
  readonly sort: SearchSort;
  readonly offset: number;
  readonly limit: number;
  readonly facets: boolean;
  readonly explain: boolean;
  /** The texts of the query's own first results, by which it is reformulated; empty for none. */
  readonly feedback: readonly PaperText[];
}

/** A paper's own words, given along where the index itself does not keep them. */
export interface PaperText {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}

export interface SimilarRequest {
  /** The papers that the results should be like; they are not among the results. */
  readonly like: readonly PaperText[];
  readonly sort: 'relevance' | 'date';
  readonly offset: number;
  readonly limit: number;
}

export interface SimilarResults {
  readonly hits: readonly EngineHit[];
  readonly total: number;
  /** `meaning` by vectors; `words` by the papers' own most telling words, until those have vectors. */
  readonly mode: 'meaning' | 'words';
}

/** How one term added to the score of one paper. */
export interface TermExplanation {
  readonly term: string;
  readonly field: 'text' | 'author';
  /** How many papers hold it. */
  readonly documentFrequency: number;
  readonly idf: number;
  /** The field-weighted term frequency. */
  readonly frequency: number;
  /** k₁ · (1 − b + b · length / average length). */
  readonly norm: number;
  /** Lowered where the term stands in for another one. */
  readonly weight: number;
  readonly contribution: number;
}

/** One ranking's part in a fused score: `contribution = weight · normalised`. */
export interface FusionPart {
  readonly by: 'words' | 'meaning';
  /** BM25F, or a cosine similarity; null where that ranking does not know the paper. */
  readonly raw: number | null;
  readonly normalised: number;
  readonly weight: number;
  readonly contribution: number;
}

export interface ScoreExplanation {
  readonly fusion: 'weighted' | 'rrf' | 'none';
  readonly parts: readonly FusionPart[];
  readonly terms: readonly TermExplanation[];
}

export interface EngineHit {
  readonly id: string;
  readonly score: number;
  readonly explanation: ScoreExplanation | undefined;
}

export interface FacetCount {
  readonly value: string;
  readonly papers: number;
}

export interface Facets {
  /** Newest year first. */
  readonly years: readonly FacetCount[];
  /** Most papers first, as are sources. */
  readonly categories: readonly FacetCount[];
  readonly sources: readonly FacetCount[];
  readonly withCode: number;
}

export interface EngineAnswer {
  /** One page of the results. */
  readonly hits: readonly EngineHit[];
  /** How many results there are over all pages. */
  readonly total: number;
  /** Whether only the best `total` of more matching papers are kept. */
  readonly capped: boolean;
  /** Over all pages; undefined when not asked for. */
  readonly facets: Facets | undefined;
  /** How it was ranked, which is by words alone until the vectors are ready. */
  readonly mode: SearchMode;
  /** The terms to be marked in titles and abstracts. */
  readonly terms: readonly string[];
  /** Words that no paper holds and what was searched in their place. */
  readonly replaced: readonly { readonly written: string; readonly by: readonly string[] }[];
  /** The query spelt as papers spell it, when there are few results and that would find more. */
  readonly suggestion: string | undefined;
  /** The terms that feedback added, the heaviest first. */
  readonly expansion: readonly { readonly term: string; readonly weight: number }[];
  /** What the reader should know; whole sentences. */
  readonly notes: readonly string[];
}

export interface Completion {
  /** Papers whose title holds the words, the last one perhaps unfinished. */
  readonly papers: readonly string[];
  readonly authors: readonly { readonly name: string; readonly papers: number }[];
}

export interface EngineStatus {
  readonly papers: number;
  /** Papers that have a vector. */
  readonly encoded: number;
  readonly encoder: { readonly name: string; readonly fingerprint: string } | undefined;
  /** The encoder that is taking over, and how many papers it has encoded. */
  readonly next: { readonly name: string; readonly encoded: number } | undefined;
  readonly segments: number;
  readonly indexBytes: number;
  readonly vectorBytes: number;
}

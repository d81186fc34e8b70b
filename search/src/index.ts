// The public face of the search room: other rooms import from here and from nowhere else in this room.
export type { Analyser, Token, TokenSink } from './analysis/analyser.ts';
export type { TextRange } from './analysis/formulas.ts';
export {
  type HighlightOptions,
  type HighlightPiece,
  highlight,
  highlightRanges,
  snippetRange,
} from './analysis/highlight.ts';
export { mlAnalyser } from './analysis/ml-analyser.ts';
export { Bitset } from './bitset.ts';
export type { SearchDocument } from './document.ts';
export { type Encoder, encodedText } from './encoders/encoder.ts';
export { type MiniLmOptions, openMiniLm } from './encoders/minilm.ts';
export { WordPiece, type WordPieceVocabulary } from './encoders/word-piece.ts';
export type {
  Completion,
  EngineAnswer,
  EngineHit,
  EngineRequest,
  EngineStatus,
  FacetCount,
  Facets,
  FusionPart,
  ScoreExplanation,
  SearchMode,
  SearchSort,
  TermExplanation,
} from './engine/answer.ts';
export { SearchError, type SearchErrorCode } from './errors.ts';
export { cachedVectors } from './evaluation/cached-vectors.ts';
export {
  asSearchDocument,
  type Collection,
  type CollectionDocument,
  type CollectionQuery,
  type Corpus,
  isAnswerable,
  noQueries,
  type QueryJudgements,
  type QuerySet,
} from './evaluation/collection.ts';
export { type DenseSystemOptions, denseSystem } from './evaluation/dense-system.ts';
export {
  type CollectionSource,
  type EvaluationOptions,
  type EvaluationStep,
  evaluate,
} from './evaluation/evaluate.ts';
export { type KnownItemOptions, type KnownPaper, knownItemCollection } from './evaluation/known-item.ts';
export { type LostQuery, worstLosers } from './evaluation/losers.ts';
export {
  averagePrecision,
  type MetricName,
  type Metrics,
  measure,
  metricNames,
  ndcgAtK,
  recallAtK,
  reciprocalRank,
} from './evaluation/metrics.ts';
export { readCollection } from './evaluation/read-collection.ts';
export { renderEvaluation, renderLosers } from './evaluation/render.ts';
export type {
  CollectionResult,
  Comparison,
  Evaluation,
  Failure,
  QueryResult,
  SystemResult,
} from './evaluation/result.ts';
export { type Run, ranked, type ScoredDocument } from './evaluation/run.ts';
export { readRun, writeRun } from './evaluation/run-file.ts';
export type { PreparedSystem, Progress, System } from './evaluation/system.ts';
export { type FilterField, formatQuery, withFilter, withoutFilter } from './query/format.ts';
export { paperIdIn } from './query/paper-id.ts';
export { maxQueryTerms, type ParseOptions, parseQuery } from './query/parse.ts';
export { maxQueryUnits } from './query/pieces.ts';
export {
  type Clause,
  type Filter,
  noFilter,
  type Query,
  type QueryField,
  type SequenceTerm,
} from './query/query.ts';
export { queryTerms } from './query/query-terms.ts';

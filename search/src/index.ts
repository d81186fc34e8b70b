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
export type { EncoderSpec } from './encoders/encoding-protocol.ts';
export { startEncodingThread } from './encoders/encoding-thread.ts';
export { type MiniLmOptions, openMiniLm } from './encoders/minilm.ts';
export { readMiniLmVocabulary } from './encoders/minilm-package.ts';
export { openEncoder } from './encoders/open-encoder.ts';
export {
  loadStaticEncoder,
  type StaticEncoder,
  saveStaticEncoder,
  staticEncoderFrom,
} from './encoders/static-encoder.ts';
export type { StaticParts } from './encoders/static-parts.ts';
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
  PaperText,
  ScoreExplanation,
  SearchMode,
  SearchSort,
  SimilarRequest,
  SimilarResults,
  TermExplanation,
} from './engine/answer.ts';
export { type EngineOptions, type OpenedEngine, openEngine } from './engine/engine.ts';
export type { EngineCalls, EngineChanges } from './engine/engine-calls.ts';
export { type EngineThread, type EngineThreadOptions, startEngine } from './engine/engine-thread.ts';
export { poolDepth, type RankingSettings, standardRanking } from './engine/settings.ts';
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
export { type ProductOptions, productSystem, productSystems } from './evaluation/product-systems.ts';
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
export { type LolParameters, lolQuery } from './feedback/lol.ts';
export { readLol, writeLol } from './feedback/lol-file.ts';
export { type RocchioSettings, vectorRocchio } from './feedback/vector-rocchio.ts';
export { type Candidate, type Fused, type Fusion, fuse } from './fusion/fuse.ts';
export type { Explanation } from './index/explain.ts';
export type { Cursor } from './index/manifest.ts';
export type { NearTerm } from './index/neighbours.ts';
export type { PaperColumns } from './index/paper-columns.ts';
export type { PutResult } from './index/put.ts';
export type { Replacement } from './index/query-plan.ts';
export { type Scoring, standardScoring } from './index/scoring.ts';
export { type Merging, SearchIndex } from './index/search-index.ts';
export type { SearchHit, SearchOptions, SearchResult } from './index/search-options.ts';
export type { IndexStatistics } from './index/statistics.ts';
export type { Matched } from './index/window-scorer.ts';
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
export { wordsQuery } from './query/words-query.ts';
export { giveBackMemory } from './threads/give-back-memory.ts';
export { contentKey } from './vectors/content-key.ts';
export type { EncoderIdentity } from './vectors/vector-file.ts';
export {
  type ExactVectors,
  VectorIndex,
  type VectorIndexOptions,
  type VectorMatches,
} from './vectors/vector-index.ts';
export {
  openVectorIndex,
  readVectorSnapshot,
  saveVectorSnapshot,
  type VectorPlace,
} from './vectors/vector-snapshot.ts';
export type { VectorEntry, VectorStore } from './vectors/vector-store.ts';
export { type FileVectorStore, openVectorStore } from './vectors/vector-store-file.ts';
export { memoryVectorStore } from './vectors/vector-store-memory.ts';

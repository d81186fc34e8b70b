// The public face of discovery: other rooms import from here and from nowhere else in this room.

export { firstIndexFolder } from './search/index-folder.ts';
export { openSearch, type RunningSearch, type SearchOptions } from './search/open-search.ts';
export { searchDocumentOf } from './search/search-document.ts';
export type {
  CompletionAnswer,
  SearchAnswer,
  SearchHit,
  SearchRequest,
  SearchService,
  SearchState,
  SimilarAnswer,
  SimilarRequest,
} from './search/service.ts';
export {
  explainTrending,
  standardAttention,
  type TrendingReasons,
  trendingDays,
  trendingScore,
} from './trending.ts';

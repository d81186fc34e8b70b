// What the site and the command line ask of search: papers by words and meaning, papers like others, completion.
import type { PaperCard } from '@offprint/catalogue';
import type { EngineAnswer, EngineStatus, ScoreExplanation, SearchMode, SearchSort } from '@offprint/search';

export interface SearchRequest {
  /** As it was typed; see the query language of the search room. The id or address of a paper finds that paper. */
  readonly q: string;
  readonly mode?: SearchMode;
  readonly sort?: SearchSort;
  readonly offset?: number;
  /** At most 100. */
  readonly limit?: number;
  readonly facets?: boolean;
  readonly explain?: boolean;
  readonly feedback?: boolean;
}

export interface SearchHit {
  readonly paper: PaperCard;
  readonly score: number;
  readonly explanation: ScoreExplanation | undefined;
}

/** As the engine answers, with the papers themselves. */
export interface SearchAnswer extends Omit<EngineAnswer, 'hits'> {
  readonly hits: readonly SearchHit[];
  /** The query as it was searched: cleaned and perhaps cut. */
  readonly searched: string;
}

export interface SimilarRequest {
  /** One paper or several; ids that the index does not hold are passed over. */
  readonly like: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
  readonly sort?: 'relevance' | 'date';
}

export interface SimilarAnswer {
  readonly hits: readonly SearchHit[];
  readonly total: number;
  /** `meaning` by vectors; `words` by the papers' own most telling words, until the vectors are ready. */
  readonly mode: 'meaning' | 'words';
}

export interface CompletionAnswer {
  readonly papers: readonly { readonly id: string; readonly title: string }[];
  readonly authors: readonly { readonly name: string; readonly papers: number }[];
}

export interface SearchState extends EngineStatus {
  /** Whether the index has caught up with the catalogue since this process began. */
  readonly caughtUp: boolean;
}

export interface SearchService {
  /** @throws OffprintError `unavailable` while the first index is being built. */
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** Papers like those given, without them. */
  similar(request: SimilarRequest): Promise<SimilarAnswer>;
  /** Search as you type: bounded work, at most `limit` of each. */
  complete(text: string, limit?: number): Promise<CompletionAnswer>;
  status(): Promise<SearchState>;
  /** Differs whenever an answer might; part of what kept pages are valid for. */
  revision(): string;
}

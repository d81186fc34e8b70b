// What can be asked of an engine, wherever it runs: in this thread or in one of its own.
import type { SearchDocument } from '../document.ts';
import type { EncoderSpec } from '../encoders/encoding-protocol.ts';
import type {
  Completion,
  EngineAnswer,
  EngineRequest,
  EngineStatus,
  PaperText,
  SimilarRequest,
  SimilarResults,
} from './answer.ts';

export interface EngineChanges {
  readonly put: readonly SearchDocument[];
  readonly remove: readonly string[];
  /** Where the changes end in what the index follows; plain JSON, told back by `cursor` and kept with a snapshot. */
  readonly cursor: unknown;
}

/** Every method takes and returns plain data. */
export interface EngineCalls {
  /** The cursor of the last changes applied; undefined for an empty index. */
  cursor(): Promise<unknown>;
  /** Takes changes whole; the next search sees them. */
  apply(changes: EngineChanges): Promise<void>;
  /** Forgets every paper. Vectors stay on disk, for they are kept by content. */
  clear(): Promise<void>;
  /** @throws SearchError `bad-input` for an offset or limit that is no count. */
  search(request: EngineRequest): Promise<EngineAnswer>;
  similar(request: SimilarRequest): Promise<SimilarResults>;
  complete(text: string, limit: number): Promise<Completion>;
  /** Papers without a vector, at most `limit`: give their texts to `encode`. */
  missing(limit: number): Promise<readonly string[]>;
  /** Makes the vectors that these papers lack. Returns how many were made, those found on disk not counted. */
  encode(papers: readonly PaperText[]): Promise<number>;
  /** Begins to encode with another encoder; the present one answers until every paper has a vector of the new one. */
  changeEncoder(spec: EncoderSpec): Promise<void>;
  status(): Promise<EngineStatus>;
  /** Writes what a restart begins from, if anything changed. */
  snapshot(): Promise<void>;
  /** From now on nothing is written to disk: another process has the folder. */
  stopWriting(): Promise<void>;
  /** Writes a last snapshot and gives everything back. */
  close(): Promise<void>;
}

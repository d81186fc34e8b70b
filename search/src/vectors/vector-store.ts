// Vectors by the text they were computed from, kept in a file or in memory, so that no text is ever encoded twice.
import type { ExactVectors } from './vector-index.ts';

/** What a vector is added by and with. */
export interface VectorEntry {
  /** See `contentKey`. */
  readonly key: Uint8Array;
  readonly vector: Float32Array;
}

/** Vectors of one encoder. A position never changes its vector. */
export interface VectorStore extends ExactVectors {
  readonly dimensions: number;
  /** How many keys have a vector. */
  readonly size: number;
  /** Where the vector of a key stands, −1 when there is none. */
  positionOf(key: Uint8Array): number;
  /**
   * Keeps vectors; a key that has one keeps it.
   *
   * @returns the position of each.
   * @throws SearchError `bad-input` for a vector of another length.
   */
  add(entries: readonly VectorEntry[]): Promise<Int32Array>;
  read(position: number): Float32Array | undefined;
  /** Returns once what was added survives a power cut. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

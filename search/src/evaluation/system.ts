// What can be evaluated: something that is prepared on a corpus and then answers questions.
import type { Corpus } from './collection.ts';
import type { ScoredDocument } from './run.ts';

/** Called with how much of a piece of work is done; `total` may be 0 while it is not known. */
export type Progress = (done: number, total: number) => void;

/** A system that has seen a corpus. */
export interface PreparedSystem {
  /** At most `k` documents for a question as given; the order is settled by the caller, by score and then id. */
  search(text: string, k: number): Promise<readonly ScoredDocument[]> | readonly ScoredDocument[];
  close?(): Promise<void> | void;
}

export interface System {
  /** One word, different for every system of a table. */
  readonly name: string;
  /** What it is made of, so that a number can be traced: fingerprints, parameters, weights. */
  readonly version: string;
  prepare(corpus: Corpus, progress: Progress): Promise<PreparedSystem> | PreparedSystem;
}

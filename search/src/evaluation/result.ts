// What an evaluation found, as plain data: it is its own JSON form.
import type { MetricName, Metrics } from './metrics.ts';

/** The mean difference to the baseline over the questions of one collection. */
export interface Comparison {
  readonly difference: number;
  /** Bootstrap interval of the difference. */
  readonly low: number;
  readonly high: number;
  /** Paired randomization test, two-sided. */
  readonly p: number;
  /** The same after Holm's adjustment over the collections of this table. */
  readonly pHolm: number;
}

/** One question under one system. */
export interface QueryResult {
  readonly id: string;
  readonly text: string;
  readonly metrics: Metrics;
  /** The first documents of the ranking, best first. */
  readonly top: readonly string[];
}

export interface SystemResult {
  readonly name: string;
  readonly version: string;
  readonly means: Metrics;
  /** By measure; null for the baseline itself and where the baseline failed. */
  readonly versusBaseline: Readonly<Record<MetricName, Comparison>> | null;
  readonly queries: readonly QueryResult[];
}

export interface CollectionResult {
  readonly name: string;
  readonly documents: number;
  /** Questions averaged over. */
  readonly queries: number;
  /** Test questions without a relevant document, left out of every mean. */
  readonly unanswerable: number;
  readonly systems: readonly SystemResult[];
}

/** What could not be evaluated; the rest of the table stands. */
export interface Failure {
  readonly collection: string;
  /** Null when the collection itself could not be read. */
  readonly system: string | null;
  readonly message: string;
}

export interface Evaluation {
  readonly format: 1;
  readonly baseline: string;
  /** How deep every system was asked to rank. */
  readonly depth: number;
  readonly seed: number;
  readonly resamples: number;
  readonly permutations: number;
  readonly level: number;
  /** Of whatever the numbers depend on beside the systems: runtime, packages. */
  readonly versions: Readonly<Record<string, string>>;
  readonly collections: readonly CollectionResult[];
  readonly failures: readonly Failure[];
}

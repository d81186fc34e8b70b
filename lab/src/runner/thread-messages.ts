// What the main thread and a thread that runs units say to each other.
import type { DataSetName } from '../data-sets/data-sets.ts';
import type { Metrics } from '../experiment/results.ts';
import type { Size } from '../experiment/size.ts';
import type { CollectedSeries } from './series-collector.ts';
import type { Unit } from './unit.ts';

/** What a thread is started with. */
export interface ThreadTask {
  /** The address of the module that exports `experiment`. */
  readonly module: string;
  readonly size: Size;
  /** The experiment's data sets, each packed into memory that all threads share. */
  readonly dataSets: ReadonlyMap<DataSetName, Uint8Array>;
}

export interface UnitOutcome {
  readonly metrics: Metrics;
  readonly series: readonly CollectedSeries[];
  readonly wallSeconds: number;
  /** Of the thread. */
  readonly cpuSeconds: number;
}

export interface ReportedPoint {
  readonly series: string;
  readonly x: number;
  readonly y: number;
}

export type ThreadMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly share: number; readonly points: readonly ReportedPoint[] }
  | { readonly kind: 'finished'; readonly outcome: UnitOutcome }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string };

export type ThreadRequest = Unit;

// What the page and its workers say to each other.
import type {
  BrowserDevice,
  CollectedSeries,
  LivePlot,
  Metrics,
  PlanSummary,
  Plot,
  Results,
  Size,
  Unit,
} from '@offprint/lab/browser';

/** What the page sends: a question and its number. */
export interface Asked {
  readonly id: number;
  readonly question: ToWorker;
}

/** What a worker sends: something about a question, so that a late word about one is not taken for another's answer. */
export interface Answered {
  readonly id: number;
  readonly answer: FromWorker;
}

export type ToWorker =
  | { readonly kind: 'open'; readonly number: number; readonly size: Size; readonly device: BrowserDevice }
  | { readonly kind: 'run'; readonly unit: Unit }
  /** Asks for the plots of results. */
  | { readonly kind: 'plot'; readonly results: Results };

/** A point of the curve that is drawn while a run goes on. */
export interface LivePoint {
  readonly x: number;
  readonly y: number;
}

export type FromWorker =
  | {
      readonly kind: 'opened';
      readonly plan: PlanSummary;
      readonly live: LivePlot | undefined;
      /** What is computed on. */
      readonly device: BrowserDevice;
    }
  | { readonly kind: 'progress'; readonly share: number; readonly points: readonly LivePoint[] }
  | {
      readonly kind: 'finished';
      readonly metrics: Metrics;
      readonly series: readonly CollectedSeries[];
      readonly seconds: number;
    }
  | { readonly kind: 'plots'; readonly plots: readonly Plot[] }
  /** One sentence. */
  | { readonly kind: 'failed'; readonly sentence: string };

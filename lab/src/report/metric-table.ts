// What each arm measured, over its seeds: the lines of the table in a report.
import { tInterval } from '@offprint/methods';
import { armsOf, type Results } from '../experiment/results.ts';

export interface MetricLine {
  readonly metric: string;
  readonly arm: string;
  /** Runs that have the metric. */
  readonly runs: number;
  /** Of those, how many measured no finite number. */
  readonly diverged: number;
  /** Over the finite ones; NaN when there are none. */
  readonly mean: number;
  /** The 95 % t-interval over the finite ones; left out for fewer than two. */
  readonly interval?: { readonly low: number; readonly high: number };
}

/** A line a metric and arm: the metrics in the order in which they first appear, the arms in theirs. */
export function metricLines(results: Results): MetricLine[] {
  const metrics = [...new Set(results.runs.flatMap((run) => Object.keys(run.metrics)))];
  return metrics.flatMap((metric) =>
    armsOf(results).flatMap((arm) => {
      const values = results.runs.flatMap((run) =>
        run.arm === arm && Object.hasOwn(run.metrics, metric) ? [run.metrics[metric] ?? Number.NaN] : [],
      );
      if (values.length === 0) return [];
      const finite = values.filter(Number.isFinite);
      const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
      const line = { metric, arm, runs: values.length, diverged: values.length - finite.length, mean };
      return [finite.length < 2 ? line : { ...line, interval: tInterval(finite) }];
    }),
  );
}

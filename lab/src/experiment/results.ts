// What the runs of an experiment measured, and how a rule or a plot asks for it.
import type { Size } from './size.ts';

/** What a run measured, by name. A value may be NaN or infinite: an arm that diverges is a result. */
export type Metrics = Readonly<Record<string, number>>;

/** One arm under one seed. */
export interface RunResult {
  readonly arm: string;
  readonly seed: number;
  readonly metrics: Metrics;
}

/** A curve that a run reported. */
export interface Series {
  readonly arm: string;
  readonly seed: number;
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** All that finished at one size; of a stopped run, only what was done. */
export interface Results {
  readonly size: Size;
  readonly runs: readonly RunResult[];
  readonly series: readonly Series[];
}

/** The arms in the order in which they first appear. */
export function armsOf(results: Results): string[] {
  return [...new Set(results.runs.map(({ arm }) => arm))];
}

/** A metric of an arm, one value a seed in the order of the seeds; runs that do not have it are left out. */
export function valuesOf(results: Results, arm: string, metric: string): number[] {
  return bySeed(results, arm, metric).map(([, value]) => value);
}

/** A metric of one arm minus that of another, one difference a seed that both have. */
export function pairedDifferences(
  results: Results,
  treatment: { readonly arm: string; readonly metric: string },
  baseline: { readonly arm: string; readonly metric: string },
): number[] {
  const others = new Map(bySeed(results, baseline.arm, baseline.metric));
  return bySeed(results, treatment.arm, treatment.metric).flatMap(([seed, value]) => {
    const other = others.get(seed);
    return other === undefined ? [] : [value - other];
  });
}

function bySeed(results: Results, arm: string, metric: string): [number, number][] {
  return results.runs
    .filter((run) => run.arm === arm && Object.hasOwn(run.metrics, metric))
    .map((run): [number, number] => [run.seed, run.metrics[metric] ?? Number.NaN])
    .sort(([a], [b]) => a - b);
}

/** The curves of one name, of one arm or of all. */
export function seriesOf(results: Results, name: string, arm?: string): Series[] {
  return results.series.filter((series) => series.name === name && (arm === undefined || series.arm === arm));
}

/** The mean over seeds of curves that share their x; where one is shorter, as far as all reach. */
export function meanSeries(series: readonly Series[]): { x: number[]; y: number[] } {
  const length = series.length === 0 ? 0 : Math.min(...series.map(({ x }) => x.length));
  const x = (series[0]?.x ?? []).slice(0, length);
  const y = x.map((_, i) => series.reduce((sum, each) => sum + (each.y[i] ?? 0), 0) / series.length);
  return { x, y };
}

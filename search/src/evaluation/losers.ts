// The questions that a system answers worst compared with the baseline: where to look first.
import type { MetricName } from './metrics.ts';
import type { CollectionResult, QueryResult } from './result.ts';

/** One question under the baseline and under a system. */
export interface LostQuery {
  readonly baseline: QueryResult;
  readonly system: QueryResult;
  /** System minus baseline, below 0. */
  readonly difference: number;
}

/**
 * The questions with the largest loss, largest first, equal losses by question id.
 * @returns at most `count`; none where either has no results
 */
export function worstLosers(
  collection: CollectionResult,
  baselineName: string,
  systemName: string,
  count: number,
  metric: MetricName = 'nDCG@10',
): LostQuery[] {
  const queriesOf = (name: string) =>
    collection.systems.find((system) => system.name === name)?.queries ?? [];
  const before = new Map(queriesOf(baselineName).map((query) => [query.id, query]));
  return queriesOf(systemName)
    .flatMap((system) => {
      const baseline = before.get(system.id);
      if (baseline === undefined) return [];
      const difference = system.metrics[metric] - baseline.metrics[metric];
      return difference < 0 ? [{ baseline, system, difference }] : [];
    })
    .sort((a, b) => a.difference - b.difference || (a.system.id < b.system.id ? -1 : 1))
    .slice(0, count);
}

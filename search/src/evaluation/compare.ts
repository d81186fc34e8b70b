// Systems against the baseline on the same questions: intervals, tests, and Holm over collections.
import { holm, pairedBootstrap, pairedRandomizationTest } from '@offprint/methods';
import { type MetricName, metricNames } from './metrics.ts';
import type { CollectionResult, Comparison, QueryResult, SystemResult } from './result.ts';

export interface ComparisonOptions {
  readonly baseline: string;
  readonly seed: number;
  readonly resamples: number;
  readonly permutations: number;
  readonly level: number;
}

/** The collections with every system compared with the baseline, wherever both have results. */
export function compareWithBaseline(
  collections: readonly CollectionResult[],
  options: ComparisonOptions,
): CollectionResult[] {
  return adjustOverCollections(collections.map((collection) => compareWithin(collection, options)));
}

function compareWithin(collection: CollectionResult, options: ComparisonOptions): CollectionResult {
  const baseline = collection.systems.find((system) => system.name === options.baseline);
  if (baseline === undefined) return collection;
  const systems = collection.systems.map((system) =>
    system === baseline
      ? system
      : {
          ...system,
          versusBaseline: byMetric((metric) => compare(differences(system, baseline, metric), options)),
        },
  );
  return { ...collection, systems };
}

function compare(perQuery: readonly number[], options: ComparisonOptions): Comparison {
  const { mean, low, high } = pairedBootstrap(perQuery, options);
  const p = pairedRandomizationTest(perQuery, options);
  return { difference: mean, low, high, p, pHolm: p };
}

/** Question by question, system minus baseline. */
function differences(system: SystemResult, baseline: SystemResult, metric: MetricName): number[] {
  const before = new Map(baseline.queries.map((query: QueryResult) => [query.id, query.metrics[metric]]));
  return system.queries.map((query) => query.metrics[metric] - (before.get(query.id) ?? 0));
}

/** One family of tests is one system and one measure over all collections. */
function adjustOverCollections(collections: readonly CollectionResult[]): CollectionResult[] {
  const adjusted = new Map<Comparison, number>();
  const names = new Set(collections.flatMap((collection) => collection.systems.map((system) => system.name)));
  for (const name of names) {
    for (const metric of metricNames) {
      const family = collections.flatMap((collection) => {
        const comparison = collection.systems.find((system) => system.name === name)?.versusBaseline?.[
          metric
        ];
        return comparison === undefined ? [] : [comparison];
      });
      const pHolm = holm(family.map((comparison) => comparison.p));
      for (const [i, comparison] of family.entries()) adjusted.set(comparison, pHolm[i] ?? 1);
    }
  }
  return collections.map((collection) => ({
    ...collection,
    systems: collection.systems.map(({ versusBaseline, ...system }) => ({
      ...system,
      versusBaseline:
        versusBaseline &&
        byMetric((metric) => {
          const comparison = versusBaseline[metric];
          return { ...comparison, pHolm: adjusted.get(comparison) ?? 1 };
        }),
    })),
  }));
}

/** One value for every measure. */
export function byMetric<T>(value: (metric: MetricName) => T): Record<MetricName, T> {
  return {
    'nDCG@10': value('nDCG@10'),
    'MRR@10': value('MRR@10'),
    MRR: value('MRR'),
    'Recall@100': value('Recall@100'),
    MAP: value('MAP'),
  };
}

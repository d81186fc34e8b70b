// Several systems on several collections, question by question, into one table.
import { mean } from '@offprint/methods';
import { SearchError } from '../errors.ts';
import { type Collection, isAnswerable } from './collection.ts';
import { byMetric, compareWithBaseline } from './compare.ts';
import { measure } from './metrics.ts';
import type { CollectionResult, Evaluation, Failure, QueryResult, SystemResult } from './result.ts';
import { type Run, ranked, type ScoredDocument } from './run.ts';
import type { PreparedSystem, System } from './system.ts';

/** A collection, or where to get one: it is read when its turn comes and let go afterwards. */
export interface CollectionSource {
  readonly name: string;
  read(): Promise<Collection>;
}

/** Where an evaluation stands. */
export interface EvaluationStep {
  readonly collection: string;
  readonly system: string;
  readonly phase: 'prepare' | 'search';
  readonly done: number;
  readonly total: number;
}

export interface EvaluationOptions {
  /** The name of the system that the others are compared with; the first one when left out. */
  readonly baseline?: string;
  /** How deep every system ranks; 1,000 when left out, as in TREC. */
  readonly depth?: number;
  readonly seed?: number;
  readonly resamples?: number;
  readonly permutations?: number;
  readonly level?: number;
  /** Named in the result beside the systems' own versions. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly onProgress?: (step: EvaluationStep) => void;
  /** Called with every finished run, for run files. Its failure is a failure of that system. */
  readonly onRun?: (collection: string, system: string, run: Run) => Promise<void> | void;
  readonly signal?: AbortSignal;
}

/** How much of a ranking a result keeps for people to look at. */
const keptDepth = 10;

/**
 * Asks every system every test question of every collection and measures the answers. Questions without a relevant
 * document are left out of all means. What fails is recorded as a failure and the rest goes on.
 * @throws SearchError `bad-input` when there is no system, a name stands twice, or the baseline is not among them
 * @throws the signal's reason when it is aborted
 */
export async function evaluate(
  collections: readonly (Collection | CollectionSource)[],
  systems: readonly System[],
  options: EvaluationOptions = {},
): Promise<Evaluation> {
  const { depth = 1000, seed = 1, resamples = 10_000, permutations = 10_000, level = 0.95 } = options;
  const baseline = options.baseline ?? systems[0]?.name ?? '';
  checkNames(
    systems.map((system) => system.name),
    'system',
  );
  checkNames(
    collections.map((collection) => collection.name),
    'collection',
  );
  if (!systems.some((system) => system.name === baseline)) {
    throw new SearchError('bad-input', `The baseline "${baseline}" is not one of the systems.`, {
      field: 'baseline',
    });
  }
  const failures: Failure[] = [];
  const results: CollectionResult[] = [];
  for (const source of collections) {
    options.signal?.throwIfAborted();
    try {
      const collection = 'read' in source ? await source.read() : source;
      results.push(
        await evaluateCollection({ ...collection, name: source.name }, systems, depth, options, failures),
      );
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push({ collection: source.name, system: null, message: sentence(error) });
    }
  }
  const statistics = { baseline, seed, resamples, permutations, level };
  return {
    format: 1,
    ...statistics,
    depth,
    versions: { ...options.versions },
    collections: compareWithBaseline(results, statistics),
    failures,
  };
}

async function evaluateCollection(
  collection: Collection,
  systems: readonly System[],
  depth: number,
  options: EvaluationOptions,
  failures: Failure[],
): Promise<CollectionResult> {
  const { name, documents, training, test } = collection;
  const answerable = test.queries.filter((query) => isAnswerable(test.judgements.get(query.id)));
  if (answerable.length === 0) {
    throw new SearchError('bad-input', `No test question of ${name} has a relevant document.`);
  }
  const found: SystemResult[] = [];
  for (const system of systems) {
    const step = (phase: EvaluationStep['phase']) => (done: number, total: number) =>
      options.onProgress?.({ collection: name, system: system.name, phase, done, total });
    try {
      // The test questions stay here: a system sees the corpus and the training questions.
      const prepared = await system.prepare({ name, documents, training }, step('prepare'));
      const run = await runQueries(prepared, answerable, depth, step('search'), options.signal);
      await options.onRun?.(name, system.name, run);
      const queries = answerable.map(({ id, text }): QueryResult => {
        const ranking = (run.get(id) ?? []).map(([documentId]) => documentId);
        const metrics = measure(ranking, test.judgements.get(id) ?? new Map());
        return { id, text, metrics, top: ranking.slice(0, keptDepth) };
      });
      const means = byMetric((metric) => mean(queries.map((query) => query.metrics[metric])));
      found.push({ name: system.name, version: system.version, means, versusBaseline: null, queries });
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push({ collection: name, system: system.name, message: sentence(error) });
    }
  }
  return {
    name,
    documents: documents.length,
    queries: answerable.length,
    unanswerable: test.queries.length - answerable.length,
    systems: found,
  };
}

async function runQueries(
  prepared: PreparedSystem,
  queries: Collection['test']['queries'],
  depth: number,
  progress: (done: number, total: number) => void,
  signal: AbortSignal | undefined,
): Promise<Run> {
  const run = new Map<string, ScoredDocument[]>();
  try {
    for (const { id, text } of queries) {
      signal?.throwIfAborted();
      run.set(id, ranked(await prepared.search(text, depth), depth));
      progress(run.size, queries.length);
    }
    return run;
  } finally {
    await prepared.close?.();
  }
}

function checkNames(names: readonly string[], what: string): void {
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (names.length > 0 && twice === undefined) return;
  const wrong =
    twice === undefined ? `There is no ${what} to evaluate.` : `Two ${what}s are named "${twice}".`;
  throw new SearchError('bad-input', wrong, { field: `${what}s` });
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

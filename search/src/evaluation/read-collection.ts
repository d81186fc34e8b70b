// A judged collection from a folder in BEIR's layout.
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { SearchError } from '../errors.ts';
import {
  type Collection,
  isAnswerable,
  noQueries,
  type QueryJudgements,
  type QuerySet,
} from './collection.ts';
import { readJudgements } from './read-judgements.ts';
import { readDocuments, readQueries, type SplitQuery } from './read-records.ts';

/** Which part of a collection is judged when it has several: the first that is there. */
const testSplits = ['test', 'dev', 'validation'];

/**
 * Reads `corpus.jsonl`, `queries.jsonl` (plain or `.gz`) and `qrels.tsv`, or `qrels/test.tsv` with `qrels/train.tsv`
 * and `qrels/dev.tsv`. Queries may carry a `split`. The test split is `test`, or `dev` where there is no `test`; the
 * other splits are training queries. Without splits every query is a test query.
 * @param folder its last part is the collection's name
 * @throws SearchError that names the file, the line and what is wrong
 * @see https://github.com/beir-cellar/beir/wiki/Load-your-custom-dataset
 */
export async function readCollection(folder: string): Promise<Collection> {
  const documents = await readDocuments(requiredFile(folder, 'corpus.jsonl'));
  if (documents.length === 0) throw empty(folder, 'corpus.jsonl has no documents');
  const queries = await readQueries(requiredFile(folder, 'queries.jsonl'));
  const whole = findFile(folder, ['qrels.tsv', 'qrels.txt']);
  const { test, training } =
    whole === undefined ? await splitByFile(folder, queries) : await splitByQuery(whole, queries);
  if (!test.queries.some((query) => isAnswerable(test.judgements.get(query.id)))) {
    throw empty(folder, 'no query of its test split has a relevant document');
  }
  return { name: basename(resolve(folder)), documents, test, training };
}

interface Split {
  readonly test: QuerySet;
  readonly training: QuerySet;
}

/** One judgement file; the queries say what they are for. */
async function splitByQuery(path: string, queries: readonly SplitQuery[]): Promise<Split> {
  const judgements = await readJudgements(path, idsOf(queries));
  const testSplit = testSplits.find((split) => queries.some((query) => query.split === split));
  const isTest = (query: SplitQuery) => testSplit === undefined || query.split === testSplit;
  return {
    test: querySet(queries.filter(isTest), judgements),
    training: querySet(
      queries.filter((query) => !isTest(query)),
      judgements,
    ),
  };
}

/** BEIR's own layout: one judgement file a split, and a query belongs to the files that judge it. */
async function splitByFile(folder: string, queries: readonly SplitQuery[]): Promise<Split> {
  const ids = idsOf(queries);
  const read = async (split: string) => {
    const path = findFile(folder, [`qrels/${split}.tsv`, `qrels/${split}.txt`]);
    return path === undefined ? undefined : { split, judgements: await readJudgements(path, ids) };
  };
  const found = (await Promise.all([...testSplits, 'train'].map(read))).filter(
    (split) => split !== undefined,
  );
  const test = found.find((split) => split.split !== 'train');
  if (test === undefined) throw missing(folder, 'qrels.tsv');
  const training = new Map<string, QueryJudgements>();
  for (const split of found) {
    if (split === test) continue;
    for (const [id, grades] of split.judgements) if (!test.judgements.has(id)) training.set(id, grades);
  }
  const judgedIn = (judgements: ReadonlyMap<string, QueryJudgements>) =>
    querySet(
      queries.filter((query) => judgements.has(query.id)),
      judgements,
    );
  return { test: judgedIn(test.judgements), training: judgedIn(training) };
}

function querySet(
  queries: readonly SplitQuery[],
  judgements: ReadonlyMap<string, QueryJudgements>,
): QuerySet {
  if (queries.length === 0) return noQueries;
  const ofThese = new Map<string, QueryJudgements>();
  for (const { id } of queries) {
    const grades = judgements.get(id);
    if (grades !== undefined) ofThese.set(id, grades);
  }
  return { queries: queries.map(({ id, text }) => ({ id, text })), judgements: ofThese };
}

function idsOf(queries: readonly SplitQuery[]): Set<string> {
  return new Set(queries.map((query) => query.id));
}

function findFile(folder: string, names: readonly string[]): string | undefined {
  return names
    .flatMap((name) => [name, `${name}.gz`])
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
}

function requiredFile(folder: string, name: string): string {
  const path = findFile(folder, [name]);
  if (path === undefined) throw missing(folder, name);
  return path;
}

function missing(folder: string, name: string): SearchError {
  return new SearchError(
    'unavailable',
    `${folder} has no ${name}; a collection is a folder with corpus.jsonl, queries.jsonl and qrels.tsv.`,
    { field: folder },
  );
}

function empty(folder: string, wrong: string): SearchError {
  return new SearchError('bad-input', `${folder} cannot be evaluated: ${wrong}.`, { field: folder });
}

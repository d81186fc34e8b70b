// Vector feedback on the seven judged collections: none, Rocchio's, and a learned one with and without LoL's term.
import { join } from 'node:path';
import {
  type FeedbackExample,
  indexOfRows,
  keywordsBy,
  syntheticQueries,
  trainLol,
  WordScores,
} from '@offprint/lab';
import { mean, pairedBootstrap, robustnessIndex } from '@offprint/methods';
import {
  averagePrecision,
  type Collection,
  cachedVectors,
  type Encoder,
  encodedText,
  isAnswerable,
  lolQuery,
  mlAnalyser,
  ndcgAtK,
  openMiniLm,
  readCollection,
  vectorRocchio,
} from '@offprint/search';
import { sharedData } from './offprint-process.ts';

const names = ['scifact', 'cranfield', 'cacm', 'medline', 'cisi', 'lisa', 'npl'];
const cacheFolder = join(import.meta.dirname, '..', '.cache', 'bench-vectors');
const depth = 5;
/** Papers of each collection that are asked about in training. */
const sources = 400;
const quiet = (): void => {};

type Reformulate = (query: Float32Array, documents: readonly Float32Array[]) => Float32Array;

/** A collection with the encoder's vectors of its papers. */
interface Placed {
  readonly collection: Collection;
  readonly texts: readonly string[];
  readonly vectors: Float32Array;
}

/** Trains on questions made of the papers alone, tests on the judged ones. */
export async function benchFeedback(): Promise<void> {
  const encoder = await openMiniLm();
  const placed: Placed[] = [];
  for (const name of names) {
    const collection = await readCollection(join(sharedData, 'retrieval', name));
    const texts = collection.documents.map(({ title, text }) =>
      encodedText({ title, abstract: text }).trim(),
    );
    placed.push({ collection, texts, vectors: await cachedVectors(encoder, texts, cacheFolder, quiet) });
  }
  const { papers, examples } = await trainingSet(encoder, placed);
  process.stdout.write(
    `${examples.length} training questions made of ${papers.length / encoder.dimensions} papers\n`,
  );
  const train = (lambda: number) =>
    trainLol({ examples, papers, dimensions: encoder.dimensions, lambda, seed: 1, steps: 600, depth });
  const [plain, lol] = [await train(0), await train(1)];
  const arms: Readonly<Record<string, Reformulate>> = {
    rocchio: (query, documents) => vectorRocchio(query, documents, { depth, alpha: 1, beta: 0.3 }),
    'λ=0': (query, documents) => lolQuery(plain, query, documents),
    'λ=1': (query, documents) => lolQuery(lol, query, documents),
  };
  process.stdout.write(
    'arm       collection   none    k=1    k=3    k=5   Δ at 5 [95 %]             MAP Δ   drift  robust\n',
  );
  for (const [arm, reformulate] of Object.entries(arms)) {
    const all: Measured[] = [];
    for (const part of placed) {
      const measured = await measureArm(encoder, part, reformulate);
      all.push(...measured);
      printRow(arm, part.collection.name, measured);
    }
    printRow(arm, 'all', all);
  }
  await encoder.close();
}

async function trainingSet(
  encoder: Encoder,
  placed: readonly Placed[],
): Promise<{ papers: Float32Array; examples: FeedbackExample[] }> {
  const papers = new Float32Array(placed.reduce((sum, { vectors }) => sum + vectors.length, 0));
  const examples: FeedbackExample[] = [];
  let at = 0;
  for (const { collection, texts, vectors } of placed) {
    papers.set(vectors, at * encoder.dimensions);
    const words = new WordScores(texts, mlAnalyser);
    const sampled = collection.documents.map(({ id, title, text }) => ({ id, title, abstract: text }));
    const every = Math.max(1, Math.floor(sampled.length / sources));
    const asked = syntheticQueries(sampled, keywordsBy(words, texts, mlAnalyser), 1).filter(
      ({ kind, source }) => source % every === 0 && (kind === 'keywords' || kind === 'random'),
    );
    const queries = await cachedVectors(
      encoder,
      asked.map(({ text }) => text),
      cacheFolder,
      quiet,
    );
    const index = indexOfRows(vectors, encoder.dimensions);
    for (const [i, { source }] of asked.entries()) {
      const query = queries.slice(i * encoder.dimensions, (i + 1) * encoder.dimensions);
      const { ordinals } = index.search(query, { k: 10 });
      examples.push({ query, answer: at + source, run: Array.from(ordinals, (row) => at + row) });
    }
    at += texts.length;
  }
  return { papers, examples };
}

/** One question's nDCG@10 and average precision for feedback of 0 … depth papers. */
interface Measured {
  readonly ndcg: readonly number[];
  readonly precision: readonly number[];
}

async function measureArm(
  encoder: Encoder,
  { collection, vectors }: Placed,
  reformulate: Reformulate,
): Promise<Measured[]> {
  const { test, documents } = collection;
  const index = indexOfRows(vectors, encoder.dimensions);
  const asked = test.queries.filter(({ id }) => isAnswerable(test.judgements.get(id)));
  const queries = await cachedVectors(
    encoder,
    asked.map(({ text }) => text),
    cacheFolder,
    quiet,
  );
  return asked.map(({ id }, i) => {
    const judgements = test.judgements.get(id) ?? new Map<string, number>();
    const query = queries.slice(i * encoder.dimensions, (i + 1) * encoder.dimensions);
    const first = index.search(query, { k: depth }).ordinals;
    const feedback = Array.from(first, (row) =>
      vectors.subarray(row * encoder.dimensions, (row + 1) * encoder.dimensions),
    );
    const rankings = Array.from({ length: depth + 1 }, (_, k) => {
      const moved = k === 0 ? query : reformulate(query, feedback.slice(0, k));
      return Array.from(index.search(moved, { k: 1000 }).ordinals, (row) => documents[row]?.id ?? '');
    });
    return {
      ndcg: rankings.map((ranking) => ndcgAtK(ranking, judgements, 10)),
      precision: rankings.map((ranking) => averagePrecision(ranking, judgements)),
    };
  });
}

function printRow(arm: string, name: string, measured: readonly Measured[]): void {
  const at = (values: readonly number[], k: number): number => values[k] ?? 0;
  const ndcg = (k: number): number => mean(measured.map((one) => at(one.ndcg, k)));
  const change = pairedBootstrap(measured.map((one) => at(one.ndcg, depth) - at(one.ndcg, 0)));
  const gain = mean(measured.map((one) => at(one.precision, depth) - at(one.precision, 0)));
  const drift = mean(
    measured.flatMap(({ precision }) =>
      precision.slice(1).map((value, k) => (value < at(precision, k) - 1e-9 ? 1 : 0)),
    ),
  );
  const robust = robustnessIndex(
    measured.map((one) => at(one.precision, 0)),
    measured.map((one) => at(one.precision, depth)),
  );
  const cells = [0, 1, 3, 5].map((k) => ndcg(k).toFixed(4)).join(' ');
  process.stdout.write(
    `${arm.padEnd(9)} ${name.padEnd(10)} ${cells}  ${signed(change.mean)} [${signed(change.low)}, ${signed(change.high)}]  ` +
      `${signed(gain)}  ${drift.toFixed(3)}  ${signed(robust)}\n`,
  );
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
}

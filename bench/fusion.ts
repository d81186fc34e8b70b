// The grid that the constants of the ranking are chosen from, on training questions alone.
import { mean } from '@offprint/methods';
import {
  asSearchDocument,
  type Collection,
  cachedVectors,
  type Encoder,
  encodedText,
  type Fusion,
  isAnswerable,
  mlAnalyser,
  ndcgAtK,
  openMiniLm,
  poolDepth,
  type QueryJudgements,
  type Scoring,
  SearchIndex,
  standardRanking,
  standardScoring,
  VectorIndex,
  wordsQuery,
} from '@offprint/search';
import { rank, type Scored, unite } from '../search/src/engine/pool.ts';
import { leastSimilarity } from '../search/src/engine/settings.ts';
import { defaultCache, readJudged, readKnownItems } from './retrieval-data.ts';

/** A training question with its vector. */
interface Question {
  readonly text: string;
  readonly judgements: QueryJudgements;
  readonly vector: Float32Array;
}

/** A collection whose training questions are asked, and the vectors of its papers. */
interface Ground {
  readonly collection: Collection;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly questions: readonly Question[];
}

/** One setting and its nDCG@10 on each collection. */
interface Row<T> {
  readonly setting: T;
  readonly values: readonly number[];
}

const scorings: readonly Scoring[] = [0.9, 1.2, 1.5, 2].flatMap((k1) =>
  [0.4, 0.6, 0.75].flatMap((b) =>
    [1, 2, 3].map((titleWeight) => ({ ...standardScoring, k1, b, titleWeight })),
  ),
);

const fusions: readonly Fusion[] = [
  ...[0.3, 0.4, 0.5, 0.6, 0.7, 0.8].flatMap((meaning) =>
    [-1, 0, 0.1, 0.2].map((floor): Fusion => ({ kind: 'weighted', meaning, floor })),
  ),
  { kind: 'rrf', k: 10 },
  { kind: 'rrf', k: 60 },
];

/**
 * First the constants of the words' score, alone and fused as it stands; then the fusion over the best of them. Means
 * over collections choose, so that the one with more questions does not outvote the other.
 */
export async function benchFusion(cacheFolder = defaultCache): Promise<void> {
  const encoder = await openMiniLm();
  const grounds = [
    await ground(await readJudged('scifact'), encoder, cacheFolder),
    await ground(await readKnownItems(), encoder, cacheFolder),
  ];
  await encoder.close();
  const names = grounds.map(
    ({ collection, questions }) => `${collection.name} (${questions.length} training questions)`,
  );
  process.stdout.write(`nDCG@10 on ${names.join(' and ')}, and their mean\n\nwords alone\n`);
  const words: Row<Scoring>[] = [];
  for (const setting of scorings) {
    const values = grounds.map((one) => askAll(one, setting, [{ kind: 'weighted', meaning: 0, floor: 0 }]));
    words.push({ setting, values: values.map(([value = 0]) => value) });
  }
  print(words, describeScoring);
  const scoring = best(words).setting;
  process.stdout.write(`\nfused, words scored with ${describeScoring(scoring)}\n`);
  printFusions(grounds, scoring);
  process.stdout.write(`\nfused, words scored as they are now: ${describeScoring(standardScoring)}\n`);
  printFusions(grounds, standardScoring);
  process.stdout.write(`\nthe engine fuses with ${describeFusion(standardRanking.fusion)}\n`);
}

async function ground(collection: Collection, encoder: Encoder, cacheFolder: string): Promise<Ground> {
  const quiet = (): void => {};
  const { dimensions } = encoder;
  const texts = collection.documents.map(({ title, text }) => encodedText({ title, abstract: text }));
  const vectors = await cachedVectors(encoder, texts, cacheFolder, quiet);
  const { queries, judgements } = collection.training;
  const asked = queries.flatMap(({ id, text }) => {
    const grades = judgements.get(id);
    return isAnswerable(grades) ? [{ text, judgements: grades }] : [];
  });
  const encoded = await cachedVectors(
    encoder,
    asked.map(({ text }) => text),
    cacheFolder,
    quiet,
  );
  const questions = asked.map((question, i) => ({
    ...question,
    vector: encoded.slice(i * dimensions, (i + 1) * dimensions),
  }));
  return { collection, vectors, dimensions, questions };
}

const nothing: Scored = { ordinals: new Uint32Array(0), scores: new Float64Array(0) };

/** The mean nDCG@10 of each fusion, by the engine's own steps from the proposals to the ranking. */
function askAll(
  { collection, vectors, dimensions, questions }: Ground,
  scoring: Scoring,
  asked: readonly Fusion[],
): number[] {
  const index = SearchIndex.create({ analyser: mlAnalyser, scoring });
  index.put(collection.documents.map(asSearchDocument));
  const row = (at: number): Float32Array => vectors.subarray(at * dimensions, (at + 1) * dimensions);
  const byMeaning = new VectorIndex({ dimensions, exact: { read: row } });
  const usesMeaning = asked.some((fusion) => fusion.kind === 'rrf' || fusion.meaning > 0);
  if (usesMeaning)
    for (const [at, { id }] of collection.documents.entries())
      byMeaning.set(index.ordinalOf(id) ?? at, row(at), at);
  const results = asked.map((): number[] => []);
  for (const { text, judgements, vector } of questions) {
    const query = wordsQuery(text, mlAnalyser);
    const { hits } = index.search(query, { limit: poolDepth.words });
    const words: Scored = {
      ordinals: Uint32Array.from(hits, ({ ordinal }) => ordinal),
      scores: Float64Array.from(hits, ({ score }) => score),
    };
    const candidates = unite(words, usesMeaning ? closest(byMeaning, vector) : nothing, {
      words: (ordinals) => index.scoreOf(query, ordinals),
      meaning: (ordinals) => byMeaning.roughSimilarity(vector, ordinals),
    });
    for (const [i, fusion] of asked.entries()) {
      const ranking = rank(candidates, fusion, (ordinal) => index.idOf(ordinal))
        .slice(0, 10)
        .map(({ ordinal }) => index.idOf(ordinal));
      results[i]?.push(ndcgAtK(ranking, judgements, 10));
    }
  }
  return results.map(mean);
}

function closest(index: VectorIndex, vector: Float32Array): Scored {
  const { ordinals, similarities } = index.search(vector, { k: poolDepth.meaning });
  const end = similarities.findIndex((similarity) => similarity < leastSimilarity);
  return end < 0
    ? { ordinals, scores: similarities }
    : { ordinals: ordinals.slice(0, end), scores: similarities.slice(0, end) };
}

function printFusions(grounds: readonly Ground[], scoring: Scoring): void {
  const values = grounds.map((one) => askAll(one, scoring, fusions));
  print(
    fusions.map((setting, i) => ({ setting, values: values.map((of) => of[i] ?? 0) })),
    describeFusion,
  );
}

function best<T>(rows: readonly Row<T>[]): Row<T> {
  return rows.reduce((top, row) => (mean(row.values) > mean(top.values) ? row : top));
}

function print<T>(rows: readonly Row<T>[], describe: (setting: T) => string): void {
  const top = best(rows);
  for (const row of rows) {
    const cells = [...row.values, mean(row.values)].map((value) => value.toFixed(4)).join('  ');
    process.stdout.write(`  ${describe(row.setting).padEnd(36)} ${cells}${row === top ? '  best' : ''}\n`);
  }
}

function describeScoring({ k1, b, titleWeight }: Scoring): string {
  return `k1 ${k1}, b ${b}, title × ${titleWeight}`;
}

function describeFusion(fusion: Fusion): string {
  return fusion.kind === 'rrf' ? `rrf, k ${fusion.k}` : `meaning ${fusion.meaning}, floor ${fusion.floor}`;
}

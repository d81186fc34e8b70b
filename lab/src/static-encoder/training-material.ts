// Small pieces of training: collecting papers, bringing vectors to fewer numbers, and the finished encoder.
import { pcg32 } from '@offprint/methods';
import { SearchError, type StaticEncoder, staticEncoderFrom } from '@offprint/search';
import { type Bags, bagCount } from './bags.ts';
import { principalDirections, projected } from './principal-directions.ts';
import type { StudentVocabulary } from './student-vocabulary.ts';
import type { SyntheticQuery } from './synthetic-queries.ts';
import { embed, everyText, type TokenTable } from './token-table.ts';
import type { TrainingPaper } from './training-paper.ts';

/** Fewer papers teach nothing that lasts. */
const fewestPapers = 50;

/**
 * All papers with an abstract, the first of each id.
 * @throws SearchError `bad-input` for fewer than 50; the signal's reason when aborted.
 */
export async function collectPapers(
  papers: Iterable<TrainingPaper> | AsyncIterable<TrainingPaper>,
  signal: AbortSignal | undefined,
): Promise<TrainingPaper[]> {
  const byId = new Map<string, TrainingPaper>();
  for await (const { id, title, abstract } of papers) {
    signal?.throwIfAborted();
    if (!byId.has(id) && abstract.trim() !== '') byId.set(id, { id, title, abstract });
  }
  if (byId.size < fewestPapers)
    throw new SearchError(
      'bad-input',
      `A student needs ${fewestPapers} papers with an abstract and there are ${byId.size}; import more first.`,
      { field: 'papers' },
    );
  return [...byId.values()];
}

/** Brings the teacher's vectors to `kept` numbers along the directions in which those of the papers differ most. */
export function reducer(
  paperVectors: Float32Array,
  dimensions: number,
  kept: number,
): (vectors: Float32Array) => Float32Array {
  if (kept === dimensions) return (vectors) => vectors;
  const directions = principalDirections(paperVectors, dimensions, kept);
  return (vectors) => projected(vectors, dimensions, directions);
}

/** Mean cosine between the student's vectors of the texts and those of the teacher, which may be of further texts too. */
export function agreement(table: TokenTable, bags: Bags, targets: Float32Array): number {
  const count = bagCount(bags);
  const { vectors } = embed(table, bags, everyText(count));
  let sum = 0;
  for (const [i, value] of vectors.entries()) sum += value * (targets[i] ?? 0);
  return sum / Math.max(1, count);
}

/** Which questions are of the papers drawn to be asked about. */
export function askedAbout(papers: number, most: number, seed: number): (query: SyntheticQuery) => boolean {
  if (papers <= most) return () => true;
  const random = pcg32(seed, 3);
  const drawn = new Set<number>();
  while (drawn.size < most) drawn.add(random.nextBelow(papers));
  return ({ source }) => drawn.has(source);
}

/** A table with its weights as an encoder: directions and weights apart, as the file has them. */
export function encoderOf(
  table: TokenTable,
  weights: Float64Array,
  { pieces, words }: StudentVocabulary,
): StaticEncoder {
  return staticEncoderFrom({
    name: 'student',
    vocabulary: pieces,
    words,
    dimensions: table.dimensions,
    vectors: table.vectors.map((value, i) => value / (weights[Math.floor(i / table.dimensions)] || 1)),
    weights: Float32Array.from(weights),
  });
}

/** Arrays end to end. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

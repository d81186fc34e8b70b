// Word vectors learned from the unlabelled notes, and a note as the mean of its words: the benchmark's Word2Vec.
// Mikolov et al. 2013, https://arxiv.org/abs/1310.4546, eq. 4: skip-gram with negative sampling
import { type Features, mean, pcg32, type Random, sampleVariance } from '@offprint/methods';
import type { Featurizer } from './bag-of-words.ts';
import type { Note } from './cohort.ts';
import { encodeNotes, makeVocabulary, padToken, type Vocabulary } from './tokens.ts';

export interface WordVectors {
  readonly vocabulary: Vocabulary;
  readonly width: number;
  /** [vocabulary · width], row by row. */
  readonly vectors: Float32Array;
}

export interface SkipGramOptions {
  readonly width: number;
  readonly epochs: number;
  readonly seed: number;
}

/** Words to either side that a word is to foresee, drawn up to this; words that are not there, for each that is. */
const window = 5;
const negatives = 5;
const startRate = 0.025;

/** Vectors of the words of the notes; the learning rate falls straight to 0. Full stops are words like others. */
export function learnWordVectors(notes: readonly Note[], options: SkipGramOptions): WordVectors {
  const { width, epochs, seed } = options;
  const random = pcg32(seed, 3);
  const vocabulary = makeVocabulary(notes);
  const context = Math.max(...notes.map(({ words }) => words.length));
  const { tokens, rows } = encodeNotes(notes, vocabulary, context);
  const drawNegative = noiseSampler(tokens, vocabulary.size, random);
  const vectors = Float32Array.from(
    { length: vocabulary.size * width },
    () => (random.nextUnit() - 0.5) / width,
  );
  const outputs = new Float32Array(vocabulary.size * width);
  for (let pass = 0; pass < epochs * rows; pass++) {
    const rate = startRate * (1 - pass / (epochs * rows));
    const row = pass % rows;
    const note = tokens.subarray(row * context, (row + 1) * context);
    for (let centre = 0; centre < context && note[centre] !== padToken; centre++) {
      const reach = 1 + random.nextBelow(window);
      for (let place = Math.max(0, centre - reach); place <= centre + reach && place < context; place++) {
        const other = note[place];
        if (place === centre || other === undefined || other === padToken) continue;
        pull(vectors, outputs, width, note[centre] ?? 0, other, drawNegative, rate);
      }
    }
  }
  return { vocabulary, width, vectors };
}

/** One step on log σ(v·u) + Σ log σ(−v·u′) over the negatives. */
function pull(
  vectors: Float32Array,
  outputs: Float32Array,
  width: number,
  word: number,
  other: number,
  drawNegative: () => number,
  rate: number,
): void {
  const vector = vectors.subarray(word * width, (word + 1) * width);
  const change = new Float32Array(width);
  for (let draw = 0; draw <= negatives; draw++) {
    const target = draw === 0 ? other : drawNegative();
    if (draw > 0 && target === other) continue;
    const output = outputs.subarray(target * width, (target + 1) * width);
    let score = 0;
    for (let c = 0; c < width; c++) score += (vector[c] ?? 0) * (output[c] ?? 0);
    const step = rate * ((draw === 0 ? 1 : 0) - 1 / (1 + Math.exp(-score)));
    for (let c = 0; c < width; c++) {
      change[c] = (change[c] ?? 0) + step * (output[c] ?? 0);
      output[c] = (output[c] ?? 0) + step * (vector[c] ?? 0);
    }
  }
  for (let c = 0; c < width; c++) vector[c] = (vector[c] ?? 0) + (change[c] ?? 0);
}

/** Draws tokens in proportion to their count to the power ¾, from a table as word2vec does. */
function noiseSampler(tokens: Int32Array, size: number, random: Random): () => number {
  const counts = new Float64Array(size);
  for (const token of tokens) if (token !== padToken) counts[token] = (counts[token] ?? 0) + 1;
  const weights = counts.map((count) => count ** 0.75);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const table = new Int32Array(100_000);
  let token = 0;
  let reached = weights[0] ?? 0;
  for (let i = 0; i < table.length; i++) {
    while (reached / total < (i + 0.5) / table.length && token < size - 1) reached += weights[++token] ?? 0;
    table[i] = token;
  }
  return () => table[random.nextBelow(table.length)] ?? 0;
}

/** A note as the mean of its words' vectors, each column brought to mean 0 and spread 1 of the training notes. */
export function meanOfVectors(learned: WordVectors, train: readonly Note[]): Featurizer {
  const raw = (notes: readonly Note[]) => meanVectors(learned, notes);
  const { values, rows, columns } = raw(train);
  const scales = Array.from({ length: columns }, (_, c) => {
    const column = Float64Array.from({ length: rows }, (_, row) => values[row * columns + c] ?? 0);
    return { centre: mean(column), spread: Math.sqrt(sampleVariance(column)) || 1 };
  });
  return (notes) => {
    const features = raw(notes);
    const scaled = Float32Array.from({ length: features.values.length }, (_, i) => {
      const scale = scales[i % columns];
      return ((features.values[i] ?? 0) - (scale?.centre ?? 0)) / (scale?.spread ?? 1);
    });
    return { ...features, values: scaled };
  };
}

function meanVectors({ vocabulary, width, vectors }: WordVectors, notes: readonly Note[]): Features {
  const values = new Float32Array(notes.length * width);
  for (const [row, { words }] of notes.entries()) {
    const sum = values.subarray(row * width, (row + 1) * width);
    for (const word of words) {
      const token = vocabulary.tokenOf(word);
      for (let c = 0; c < width; c++)
        sum[c] = (sum[c] ?? 0) + (vectors[token * width + c] ?? 0) / words.length;
    }
  }
  return { values, rows: notes.length, columns: width };
}

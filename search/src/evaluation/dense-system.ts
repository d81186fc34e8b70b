// An encoder alone as a system: every document scored by its exact dot product with the question.
import { type Encoder, encodedText } from '../encoders/encoder.ts';
import { cachedVectors } from './cached-vectors.ts';
import type { ScoredDocument } from './run.ts';
import type { System } from './system.ts';

export interface DenseSystemOptions {
  /** The encoder's name when left out. */
  readonly name?: string;
  /** Where document vectors are kept between evaluations; nowhere when left out. */
  readonly cacheFolder?: string;
}

/** Exact float search with an encoder, which stays open: whoever opened it closes it. */
export function denseSystem(encoder: Encoder, options: DenseSystemOptions = {}): System {
  return {
    name: options.name ?? encoder.name,
    version: encoder.fingerprint,
    prepare: async ({ documents }, progress) => {
      const texts = documents.map(({ title, text }) => encodedText({ title, abstract: text }).trim());
      const vectors = await cachedVectors(encoder, texts, options.cacheFolder, progress);
      return {
        search: async (text, k) => {
          const query = await encoder.encode([text]);
          const scored = documents.map(
            ({ id }, row): ScoredDocument => [id, dot(query, vectors, row * encoder.dimensions)],
          );
          return scored.sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)).slice(0, k);
        },
      };
    },
  };
}

/** ⟨query, the row that starts at `offset`⟩. */
function dot(query: Float32Array, rows: Float32Array, offset: number): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += (query[i] ?? 0) * (rows[offset + i] ?? 0);
  return sum;
}

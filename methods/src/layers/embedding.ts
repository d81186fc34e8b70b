// A vector for every token, looked up by a product with one-hot rows: the gradient of a plain look-up fails under jit.
import { nn, numpy as np } from '@jax-js/jax';
import type { Random } from '../random/pcg32.ts';
import { type Initializer, normal } from './initializers.ts';

export type EmbeddingParams = {
  /** E, [vocabulary, width]. */
  weight: np.Array;
};

export interface EmbeddingOptions {
  readonly vocabulary: number;
  readonly width: number;
  /** What E starts from; N(0, 1) when left out, as in PyTorch. */
  readonly weight?: Initializer;
}

/** A table to start from, one row a token. */
export function initEmbedding(random: Random, options: EmbeddingOptions): EmbeddingParams {
  const { vocabulary, width, weight = normal(1) } = options;
  return { weight: weight(random, [vocabulary, width]) };
}

/**
 * The row of E that each token names.
 * @param params consumed
 * @param tokens integers [...] in [0, vocabulary), unchecked: what others find is undefined; consumed
 * @returns floats [..., width]
 */
export function embedding({ weight }: EmbeddingParams, tokens: np.Array): np.Array {
  return np.matmul(nn.oneHot(tokens, weight.shape[0] ?? 0), weight);
}

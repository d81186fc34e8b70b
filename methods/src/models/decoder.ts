// A small decoder language model: learned positions, layer norm before each block, GELU, a head that may share the
// embedding. The shape of GPT-2 (Radford et al. 2019), in which 1/√(2·layers) keeps the residual stream's spread.
import type { numpy as np } from '@jax-js/jax';
import {
  type AttentionOptions,
  type AttentionParams,
  attention,
  initAttention,
} from '../layers/attention.ts';
import { type EmbeddingParams, embedding, initEmbedding } from '../layers/embedding.ts';
import { type FeedForwardParams, feedForward, initFeedForward } from '../layers/feed-forward.ts';
import { normal, zeros } from '../layers/initializers.ts';
import { initLayerNorm, type LayerNormParams, layerNorm } from '../layers/layer-norm.ts';
import { initLinear, type LinearParams, linear } from '../layers/linear.ts';
import type { Random } from '../random/pcg32.ts';

export type DecoderBlockParams = {
  attentionNorm: LayerNormParams;
  attention: AttentionParams;
  feedForwardNorm: LayerNormParams;
  feedForward: FeedForwardParams;
};

/** A model whose head is the embedding has no `head`. */
export type DecoderParams = {
  tokens: EmbeddingParams;
  /** [context, width]. */
  positions: np.Array;
  blocks: DecoderBlockParams[];
  norm: LayerNormParams;
  head?: LinearParams;
};

export interface DecoderInit {
  readonly vocabulary: number;
  readonly layers: number;
  readonly width: number;
  /** The longest text. */
  readonly context: number;
  /** Units between the two maps of a block; 4 · width when left out. */
  readonly hidden?: number;
  /** Whether the head is the embedding itself; yes when left out. */
  readonly tied?: boolean;
  /** Spread of all weights, 0.02 when left out; maps back into the residual stream start with it / √(2·layers). */
  readonly std?: number;
}

export interface DecoderOptions {
  readonly heads: number;
  /** Given to every attention: consumed each time it is used, so a function that makes it anew. */
  readonly attention?: (layer: number) => Pick<AttentionOptions, 'mask' | 'bias' | 'onWeights'>;
  /** A look at, or a change of, the residual stream [B, T, width] after the block of this number; consumes its argument. */
  readonly onResidual?: (stream: np.Array, layer: number) => np.Array;
}

/** A model to start from: all biases 0, all norms the identity, all other parameters normal. */
export function initDecoder(random: Random, options: DecoderInit): DecoderParams {
  const { vocabulary, layers, width, context, hidden = 4 * width, tied = true, std = 0.02 } = options;
  const weights = {
    width,
    weight: normal(std),
    outWeight: normal(std / Math.sqrt(2 * layers)),
    biasStart: zeros,
  };
  const params = {
    tokens: initEmbedding(random, { vocabulary, width, weight: normal(std) }),
    positions: normal(std)(random, [context, width]),
    blocks: Array.from({ length: layers }, () => ({
      attentionNorm: initLayerNorm(width),
      attention: initAttention(random, weights),
      feedForwardNorm: initLayerNorm(width),
      feedForward: initFeedForward(random, { ...weights, hidden }),
    })),
    norm: initLayerNorm(width),
  };
  if (tied) return params;
  const head = { inFeatures: width, outFeatures: vocabulary, bias: false, weight: normal(std) };
  return { ...params, head: initLinear(random, head) };
}

/**
 * @param params consumed
 * @param tokens integers [B, T], T at most the context; consumed
 * @returns logits of the next token at every position, floats [B, T, vocabulary]
 * @throws RangeError for a text longer than the context
 */
export function decoder(params: DecoderParams, tokens: np.Array, options: DecoderOptions): np.Array {
  const { tokens: table, positions, blocks, norm } = params;
  const [, length = 0] = tokens.shape;
  const [context = 0] = positions.shape;
  if (length > context)
    throw new RangeError(`A text of ${length} tokens does not fit a context of ${context}.`);
  const head = params.head ?? { weight: table.weight.ref.transpose() };
  let stream = embedding(table, tokens).add(positions.slice([0, length], []));
  for (const [layer, block] of blocks.entries()) {
    stream = decoderBlock(block, stream, { heads: options.heads, ...options.attention?.(layer) });
    if (options.onResidual !== undefined) stream = options.onResidual(stream, layer);
  }
  return linear(head, layerNorm(norm, stream));
}

/** One block: x + attention(norm(x)), then + feedForward(norm(·)). Consumes params and x, floats [B, T, width]. */
export function decoderBlock(params: DecoderBlockParams, x: np.Array, options: AttentionOptions): np.Array {
  const attended = x.ref.add(attention(params.attention, layerNorm(params.attentionNorm, x), options));
  const normed = layerNorm(params.feedForwardNorm, attended.ref);
  return attended.add(feedForward(params.feedForward, normed));
}

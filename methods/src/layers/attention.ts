// Multi-head self-attention, causal unless told otherwise, with the places where papers reach in: a mask, a bias on
// the scores and a hook on the weights.
// Vaswani et al. 2017, Attention Is All You Need, https://arxiv.org/abs/1706.03762, §3.2
import { nn, numpy as np } from '@jax-js/jax';
import { masked } from '../losses/masked.ts';
import type { Random } from '../random/pcg32.ts';
import type { Initializer } from './initializers.ts';
import { initLinear, type LinearParams, linear } from './linear.ts';

export type AttentionParams = {
  /** [width, width] each; the columns of head h are h·width/heads … (h + 1)·width/heads. */
  query: LinearParams;
  key: LinearParams;
  value: LinearParams;
  /** From the heads side by side back to the width. */
  out: LinearParams;
};

export interface AttentionInit {
  readonly width: number;
  /** Whether the four maps have a bias; yes when left out. */
  readonly bias?: boolean;
  /** What query, key and value start from; `uniformFanIn` when left out. */
  readonly weight?: Initializer;
  /** What the map out starts from; `weight` when left out. */
  readonly outWeight?: Initializer;
  /** What the biases start from. */
  readonly biasStart?: Initializer;
}

/** A look at, or a change of, the weights softmax(q·kᵀ/√d): [B, heads, T, T], rows sum to 1; consumes what it is given. */
export type OnWeights = (weights: np.Array) => np.Array;

export interface AttentionOptions {
  readonly heads: number;
  /** Whether a position sees itself and what came before only; yes when left out. */
  readonly causal?: boolean;
  /** Broadcast against [B, heads, T, T]: a key is seen where this is above 0. Every query must see a key; consumed. */
  readonly mask?: np.Array;
  /** Broadcast against [B, heads, T, T], added to the scores before the softmax; consumed. */
  readonly bias?: np.Array;
  readonly onWeights?: OnWeights;
}

/** The four maps that start attention, drawn in the order query, key, value, out. */
export function initAttention(random: Random, options: AttentionInit): AttentionParams {
  const { width, outWeight = options.weight, ...rest } = options;
  const square = { ...rest, inFeatures: width, outFeatures: width };
  return {
    query: initLinear(random, square),
    key: initLinear(random, square),
    value: initLinear(random, square),
    out: initLinear(random, outWeight === undefined ? square : { ...square, weight: outWeight }),
  };
}

/**
 * softmax(q·kᵀ/√d + bias)·v for every head, and the heads together back to the width.
 * @param params consumed
 * @param x floats [B, T, width]; consumed
 * @returns floats [B, T, width]
 * @throws RangeError when x is not such an array or the heads do not divide the width
 */
export function attention(params: AttentionParams, x: np.Array, options: AttentionOptions): np.Array {
  const { heads, causal = true, mask, bias, onWeights } = options;
  const [batch, length, width] = x.shape;
  if (batch === undefined || length === undefined || width === undefined || x.ndim !== 3) {
    throw new RangeError('Attention is over arrays of batch, position and feature.');
  }
  const headWidth = width / heads;
  if (!Number.isInteger(headWidth)) throw new RangeError('The heads share the width evenly.');
  const perHead = (projected: np.Array): np.Array =>
    projected.reshape([batch, length, heads, headWidth]).transpose([0, 2, 1, 3]);
  const query = perHead(linear(params.query, x.ref)).mul(1 / Math.sqrt(headWidth));
  const key = perHead(linear(params.key, x.ref));
  const value = perHead(linear(params.value, x));
  let scores = np.matmul(query, key.transpose([0, 1, 3, 2]));
  if (bias !== undefined) scores = scores.add(bias);
  if (mask !== undefined) scores = np.where(mask.greater(0), scores, masked);
  if (causal) scores = np.where(np.tri(length, length).greater(0), scores, masked);
  const softmax = nn.softmax(scores, -1);
  const weights = onWeights === undefined ? softmax : onWeights(softmax);
  const mixed = np.matmul(weights, value).transpose([0, 2, 1, 3]).reshape([batch, length, width]);
  return linear(params.out, mixed);
}

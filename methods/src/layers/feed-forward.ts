// The block of a transformer between two attentions: one hidden layer, wider than what goes in and comes out.
import { nn, type numpy as np } from '@jax-js/jax';
import type { Random } from '../random/pcg32.ts';
import type { Initializer } from './initializers.ts';
import { initLinear, type LinearParams, linear } from './linear.ts';

export type FeedForwardParams = { up: LinearParams; down: LinearParams };

export interface FeedForwardInit {
  readonly width: number;
  readonly hidden: number;
  readonly bias?: boolean;
  /** What the map up starts from; `uniformFanIn` when left out. */
  readonly weight?: Initializer;
  /** What the map down starts from; `weight` when left out. */
  readonly outWeight?: Initializer;
  readonly biasStart?: Initializer;
}

/** A function of one number, applied to every element; consumes what it is given. */
export type Activation = (x: np.Array) => np.Array;

export function initFeedForward(random: Random, options: FeedForwardInit): FeedForwardParams {
  const { width, hidden, outWeight = options.weight, ...rest } = options;
  const down = { ...rest, inFeatures: hidden, outFeatures: width };
  return {
    up: initLinear(random, { ...rest, inFeatures: width, outFeatures: hidden }),
    down: initLinear(random, outWeight === undefined ? down : { ...down, weight: outWeight }),
  };
}

/**
 * f(x·W₁ + b₁)·W₂ + b₂.
 * @param params consumed
 * @param x floats [..., width]; consumed
 * @param activation f; GELU in its tanh form when left out
 * @returns floats [..., width]
 * @see Hendrycks & Gimpel 2016, Gaussian Error Linear Units, https://arxiv.org/abs/1606.08415
 */
export function feedForward(
  params: FeedForwardParams,
  x: np.Array,
  activation: Activation = (hidden) => nn.gelu(hidden),
): np.Array {
  return linear(params.down, activation(linear(params.up, x)));
}

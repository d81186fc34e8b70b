// The multilayer perceptron, with its hidden features within reach for papers that look at them.
import type { numpy as np } from '@jax-js/jax';
import { relu } from '../layers/activations.ts';
import type { Activation } from '../layers/feed-forward.ts';
import type { Initializer } from '../layers/initializers.ts';
import { initLinear, type LinearParams, linear } from '../layers/linear.ts';
import type { Random } from '../random/pcg32.ts';

/** One linear layer more than there are hidden ones. */
export type MlpParams = { layers: LinearParams[] };

export interface MlpInit {
  /** Features in, units of every hidden layer, features out. */
  readonly sizes: readonly number[];
  readonly bias?: boolean;
  /** What the weights start from; `uniformFanIn` when left out. */
  readonly weight?: Initializer;
  readonly biasStart?: Initializer;
}

export interface MlpOptions {
  /** Between the layers; ReLU when left out. */
  readonly activation?: Activation;
  /**
   * A look at, or a change of, the activations [..., units] of the hidden layer with this number, from 0; consumes what
   * it is given. Here a paper keeps features or drops them.
   */
  readonly onHidden?: (hidden: np.Array, layer: number) => np.Array;
}

/** @throws RangeError for fewer than two sizes */
export function initMlp(random: Random, { sizes, ...rest }: MlpInit): MlpParams {
  if (sizes.length < 2) throw new RangeError('A network has a size in and a size out.');
  const layers = sizes.slice(1).map((outFeatures, i) => {
    return initLinear(random, { ...rest, inFeatures: sizes[i] ?? 0, outFeatures });
  });
  return { layers };
}

/**
 * @param params consumed
 * @param x floats [..., in]; consumed
 * @returns floats [..., out], without an activation after the last layer
 */
export function mlp({ layers }: MlpParams, x: np.Array, options: MlpOptions = {}): np.Array {
  const { activation = relu, onHidden } = options;
  return layers.reduce((features, layer, i) => {
    const out = linear(layer, features);
    if (i === layers.length - 1) return out;
    const hidden = activation(out);
    return onHidden === undefined ? hidden : onHidden(hidden, i);
  }, x);
}

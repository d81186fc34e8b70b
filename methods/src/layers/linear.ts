// The affine map y = x·W + b, the layer that all others are made of.
import { numpy as np } from '@jax-js/jax';
import type { Random } from '../random/pcg32.ts';
import { fansOf, type Initializer, uniform, uniformFanIn } from './initializers.ts';

/** A layer without a bias has no such key. */
export type LinearParams = {
  /** W, [in, out]. */
  weight: np.Array;
  /** b, [out]. */
  bias?: np.Array;
};

export interface LinearOptions {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** Whether there is a bias; yes when left out. */
  readonly bias?: boolean;
  /** What W starts from; `uniformFanIn` when left out. */
  readonly weight?: Initializer;
  /** What b starts from; U(−1/√in, 1/√in) when left out, as in PyTorch. */
  readonly biasStart?: Initializer;
}

/** A map to start from; the weight is drawn before the bias. */
export function initLinear(random: Random, options: LinearOptions): LinearParams {
  const { inFeatures, outFeatures, bias = true, weight = uniformFanIn } = options;
  const shape = [inFeatures, outFeatures];
  const drawn = weight(random, shape);
  if (!bias) return { weight: drawn };
  const start = options.biasStart ?? uniform(1 / Math.sqrt(fansOf(shape).fanIn));
  return { weight: drawn, bias: start(random, [outFeatures]) };
}

/**
 * x·W + b.
 * @param params consumed
 * @param x floats [..., in]; consumed
 * @returns floats [..., out]
 */
export function linear({ weight, bias }: LinearParams, x: np.Array): np.Array {
  const product = np.matmul(x, weight);
  return bias === undefined ? product : product.add(bias);
}

// Each vector brought to a root mean square of 1: layer norm without the mean and the shift.
// Zhang & Sennrich 2019, Root Mean Square Layer Normalization, https://arxiv.org/abs/1910.07467, eq. 4
import { numpy as np } from '@jax-js/jax';

export type RmsNormParams = {
  /** g, [features]; starts at 1. */
  scale: np.Array;
};

/** @param features the extent of the last axis, over which is normed */
export function initRmsNorm(features: number): RmsNormParams {
  return { scale: np.ones([features]) };
}

/**
 * g·x/√(mean x² + ε) over the last axis.
 * @param params consumed
 * @param x floats [..., features]; consumed
 * @param eps ε, 1e-5 when left out
 * @returns the shape of x
 */
export function rmsNorm({ scale }: RmsNormParams, x: np.Array, eps = 1e-5): np.Array {
  const meanSquare = np.square(x.ref).mean(-1, { keepdims: true });
  return x.div(np.sqrt(meanSquare.add(eps))).mul(scale);
}

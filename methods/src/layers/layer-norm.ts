// Each vector moved to mean 0 and variance 1 before it is scaled and shifted.
// Ba, Kiros & Hinton 2016, Layer Normalization, https://arxiv.org/abs/1607.06450
import { numpy as np } from '@jax-js/jax';

export type LayerNormParams = {
  /** g, [features]; starts at 1. */
  scale: np.Array;
  /** b, [features]; starts at 0. */
  bias: np.Array;
};

/** @param features the extent of the last axis, over which is normed */
export function initLayerNorm(features: number): LayerNormParams {
  return { scale: np.ones([features]), bias: np.zeros([features]) };
}

/**
 * g·(x − μ)/√(σ² + ε) + b over the last axis, σ² without Bessel's correction.
 * @param params consumed
 * @param x floats [..., features]; consumed
 * @param eps ε, 1e-5 when left out
 * @returns the shape of x
 */
export function layerNorm({ scale, bias }: LayerNormParams, x: np.Array, eps = 1e-5): np.Array {
  const centred = x.ref.sub(x.mean(-1, { keepdims: true }));
  const variance = np.square(centred.ref).mean(-1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(eps)))
    .mul(scale)
    .add(bias);
}

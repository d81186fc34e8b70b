// Labels that are never quite sure: a share of each is spread evenly over all classes.
// Szegedy et al. 2016, https://arxiv.org/abs/1512.00567, §7; optax `smooth_labels`
import type { numpy as np } from '@jax-js/jax';

/**
 * (1 − α)·p + α/C: what `softmaxCrossEntropy` is given for a training with label smoothing.
 * @param labels p, distributions, floats [..., C]; consumed
 * @param alpha α in [0, 1]; 0 leaves the labels as they are
 * @returns distributions, [..., C]
 * @throws RangeError for another α
 */
export function smoothLabels(labels: np.Array, alpha: number): np.Array {
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError('A share to smooth by lies in [0, 1].');
  const classes = labels.shape.at(-1) ?? 1;
  return labels.mul(1 - alpha).add(alpha / classes);
}

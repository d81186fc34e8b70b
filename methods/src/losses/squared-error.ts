// The squared error against one-hot targets: the plainest loss of the spherical family.
import { nn, numpy as np } from '@jax-js/jax';

/**
 * ½‖o − e_c‖².
 * @param logits o, floats [..., D]; consumed
 * @param labels c, integers [...] in [0, D); consumed
 * @returns one value an example, [...]
 */
export function oneHotSquaredError(logits: np.Array, labels: np.Array): np.Array {
  const classes = logits.shape.at(-1) ?? 0;
  return np
    .square(logits.sub(nn.oneHot(labels, classes)))
    .sum(-1)
    .mul(0.5);
}

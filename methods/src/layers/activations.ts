// The functions between layers, as far as the library's own are not what other implementations compute.
import { numpy as np } from '@jax-js/jax';

/**
 * max(0, x) with the slope 0 at 0, as in PyTorch and JAX; the library's own has 1 there, which dark borders of images meet.
 * @param x floats, any shape; consumed
 * @returns the shape of x
 */
export function relu(x: np.Array): np.Array {
  return np.where(x.ref.greater(0), x, 0);
}

// Curvature along one direction, without the matrix: the derivative of the gradient along it, forward over reverse.
// Pearlmutter 1994, Fast Exact Multiplication by the Hessian, https://doi.org/10.1162/neco.1994.6.1.147
import { type numpy as np, tree } from '@jax-js/jax';
import type { ArrayTree } from '../optimizers/transformation.ts';
import { gradTree, jvpTree } from './typed-transformations.ts';

/**
 * H·v at θ, H = ∂²loss/∂θ². Gradients of gradients would be the other way to it, but reverse over reverse through a
 * matrix product is silently wrong in the library. In float64 this way is wrong too once it is jitted; float32, in which
 * everything here is trained, is right either way.
 * @param loss a scalar; pure, consumes its argument
 * @param params θ; consumed
 * @param vector v, of the shape of θ; consumed
 */
export function hessianVectorProduct<P extends ArrayTree>(
  loss: (params: P) => np.Array,
  params: P,
  vector: P,
): P {
  const [gradient, product] = jvpTree(gradTree(loss), params, vector);
  tree.dispose(gradient);
  return product;
}

// Transformations that look at one number at a time and remember nothing: parts to chain.
import { numpy as np, tree } from '@jax-js/jax';
import { type ArrayTree, mapTree, type Transformation } from './transformation.ts';

/** u = −η·sign(g), 0 where the gradient is 0. @see Bernstein et al. 2018, signSGD, https://arxiv.org/abs/1802.04434 */
export function signDescent<P extends ArrayTree>(): Transformation<P, np.Array[]> {
  return stateless((gradient, learningRate) => np.sign(gradient).mul(learningRate).neg());
}

/**
 * Every number of the updates brought into [−maxAbs, maxAbs].
 * @param maxAbs above 0
 */
export function clipByValue<P extends ArrayTree>(maxAbs: number): Transformation<P, np.Array[]> {
  return stateless((update, learningRate) => {
    learningRate.dispose();
    return np.clip(update, -maxAbs, maxAbs);
  });
}

/** The updates times a number: a learning rate of their own for some parameters, after their optimizer. */
export function scale<P extends ArrayTree>(factor: number): Transformation<P, np.Array[]> {
  return stateless((update, learningRate) => {
    learningRate.dispose();
    return update.mul(factor);
  });
}

/** No update at all: what keeps parameters as they are. */
export function freeze<P extends ArrayTree>(): Transformation<P, np.Array[]> {
  return stateless((update, learningRate) => {
    learningRate.dispose();
    return np.zerosLike(update);
  });
}

function stateless<P extends ArrayTree>(
  change: (update: np.Array, learningRate: np.Array) => np.Array,
): Transformation<P, np.Array[]> {
  return {
    init: (params) => {
      tree.dispose(params);
      return [];
    },
    update: (updates, _, params, learningRate) => {
      tree.dispose(params);
      const changed = mapTree((update) => change(update, learningRate.ref), updates);
      learningRate.dispose();
      return [changed, []];
    },
  };
}

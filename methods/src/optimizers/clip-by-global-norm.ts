// Gradients shortened together when they are too long together, so that one bad batch cannot throw the parameters.
import { numpy as np, tree } from '@jax-js/jax';
import { type ArrayTree, mapTree, type Transformation } from './transformation.ts';

/**
 * Scales all gradients by min(1, c/‖g‖), ‖g‖ over all parameters together.
 * @param maxNorm c, above 0
 * @see Pascanu, Mikolov & Bengio 2013, https://arxiv.org/abs/1211.5063; optax `clip_by_global_norm`
 */
export function clipByGlobalNorm<P extends ArrayTree>(maxNorm: number): Transformation<P, np.Array[]> {
  return {
    init: (params) => {
      tree.dispose(params);
      return [];
    },
    update: (gradients, _, params, learningRate) => {
      tree.dispose(params);
      learningRate.dispose();
      const norm = globalNorm(tree.ref(gradients));
      const scale = np.where(norm.ref.greater(maxNorm), np.trueDivide(maxNorm, np.maximum(norm, maxNorm)), 1);
      const clipped = mapTree((gradient) => gradient.mul(scale.ref), gradients);
      scale.dispose();
      return [clipped, []];
    },
  };
}

/** √Σg² over all arrays of a tree, which is consumed. */
export function globalNorm(gradients: ArrayTree): np.Array {
  const squares = tree.leaves<np.Array>(gradients).map((gradient) => np.square(gradient).sum());
  return np.sqrt(squares.reduce((sum, square) => sum.add(square)));
}

// Steps straight down the gradient, and the same with a memory of earlier gradients.
import { numpy as np, tree } from '@jax-js/jax';
import { type ArrayTree, mapTree, type Transformation } from './transformation.ts';

/** u = −η·g. */
export function sgd<P extends ArrayTree>(): Transformation<P, np.Array[]> {
  return {
    init: (params) => {
      tree.dispose(params);
      return [];
    },
    update: (gradients, _, params, learningRate) => {
      tree.dispose(params);
      const updates = mapTree((gradient) => gradient.mul(learningRate.ref).neg(), gradients);
      learningRate.dispose();
      return [updates, []];
    },
  };
}

export interface MomentumOptions {
  /** μ, 0.9 when left out. */
  readonly decay?: number;
  /** Whether the gradient is looked at one step ahead; no when left out. */
  readonly nesterov?: boolean;
}

export type MomentumState<P extends ArrayTree> = {
  /** m, the decayed sum of the gradients. */
  readonly trace: P;
};

/**
 * m ← μ·m + g and u = −η·m; with Nesterov's look ahead u = −η·(g + μ·m). The sum is not an average: in the long run it
 * multiplies the step by 1/(1 − μ).
 * @see Sutskever et al. 2013, https://proceedings.mlr.press/v28/sutskever13.html; optax `trace`, PyTorch `SGD`
 */
export function momentum<P extends ArrayTree>(
  options: MomentumOptions = {},
): Transformation<P, MomentumState<P>> {
  const { decay = 0.9, nesterov = false } = options;
  return {
    init: (params) => ({ trace: mapTree((param) => np.zerosLike(param), params) }),
    update: (gradients, state, params, learningRate) => {
      tree.dispose(params);
      const trace = mapTree((m, g) => m.mul(decay).add(g), state.trace, tree.ref(gradients));
      const direction = nesterov
        ? mapTree((m, g) => m.mul(decay).add(g), tree.ref(trace), tree.ref(gradients))
        : tree.ref(trace);
      tree.dispose(gradients);
      const updates = mapTree((step) => step.mul(learningRate.ref).neg(), direction);
      learningRate.dispose();
      return [updates, { trace }];
    },
  };
}

// What an optimizer is: pure init and update over trees of arrays, which compose by chaining (optax's shape).
import { type JsTree, type numpy as np, tree } from '@jax-js/jax';

/** Plain nested objects and lists of arrays: parameters, gradients, states, batches. */
export type ArrayTree = JsTree<np.Array>;

/**
 * Turns gradients into updates. Both functions are pure and may stand inside `jit`: the learning rate is therefore an
 * array given at each step, not a function of the step.
 */
export interface Transformation<P extends ArrayTree, S extends ArrayTree = ArrayTree> {
  /** The state before the first step. `params` are consumed. */
  init(params: P): S;
  /** Updates to add to the parameters, and the next state. All arguments are consumed. */
  update(updates: P, state: S, params: P, learningRate: np.Array): [P, S];
}

/** Several transformations one after the other; the state is the list of theirs. */
export function chain<P extends ArrayTree>(
  ...transformations: readonly Transformation<P>[]
): Transformation<P, ArrayTree[]> {
  return {
    init: (params) => {
      const states = transformations.map((transformation) => transformation.init(tree.ref(params)));
      tree.dispose(params);
      return states;
    },
    update: (gradients, states, params, learningRate) => {
      let updates = gradients;
      const next = transformations.map((transformation, i) => {
        const state = states[i] ?? [];
        const [changed, after] = transformation.update(updates, state, tree.ref(params), learningRate.ref);
        updates = changed;
        return after;
      });
      tree.dispose(params);
      learningRate.dispose();
      return [updates, next];
    },
  };
}

/** θ + u for every parameter. Both trees are consumed. */
export function applyUpdates<P extends ArrayTree>(params: P, updates: P): P {
  return mapTree((param, update) => param.add(update), params, updates);
}

/** A function of the leaves at the same place of trees of one shape. The trees are consumed. */
export function mapTree<P extends ArrayTree>(
  leaf: (...leaves: np.Array[]) => np.Array,
  first: P,
  ...rest: P[]
): P {
  return tree.map<np.Array, np.Array, P>(leaf, first, ...rest);
}

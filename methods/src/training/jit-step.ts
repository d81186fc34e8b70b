// The one fast path that everything is trained through: loss, gradients, optimizer and new parameters in one jitted
// function.
import { defaultDevice, numpy as np, tree } from '@jax-js/jax';
import { jitTree, valueAndGradTree } from '../gradients/typed-transformations.ts';
import { type ArrayTree, applyUpdates, type Transformation } from '../optimizers/transformation.ts';

/** What a step turns into the next: parameters and what the optimizer remembers. */
export type TrainState<P extends ArrayTree, S extends ArrayTree = ArrayTree> = {
  params: P;
  optimizer: S;
};

/** @param params consumed: they are the state's from here on, `tree.ref` keeps them */
export function trainState<P extends ArrayTree, S extends ArrayTree>(
  params: P,
  optimizer: Transformation<P, S>,
): TrainState<P, S> {
  return { optimizer: optimizer.init(tree.ref(params)), params };
}

/** The state after a step, and the loss before it: a scalar that the caller reads or disposes. */
export interface Stepped<P extends ArrayTree, S extends ArrayTree> {
  readonly state: TrainState<P, S>;
  readonly loss: np.Array;
}

/** One step of training. */
export interface Step<P extends ArrayTree, S extends ArrayTree, B extends ArrayTree> {
  /**
   * On one thread the step has been computed when this returns. On WebGPU and on wasm with threads it is only planned:
   * there every step is awaited, by `await loss.data()`, before the next.
   * @param state consumed
   * @param batch consumed; another shape than before compiles the step anew
   * @param learningRate η of this step
   */
  (state: TrainState<P, S>, batch: B, learningRate: number): Stepped<P, S>;
  /** Frees what the compiled step holds; called after the last step. */
  dispose(): void;
}

/**
 * A training step, compiled at its first call.
 * @param loss the mean loss of a batch as a scalar; pure, consumes both arguments, and reads nothing that changes
 * between steps (whatever does belongs into the batch, random keys too)
 */
export function jitStep<P extends ArrayTree, S extends ArrayTree, B extends ArrayTree>(
  loss: (params: P, batch: B) => np.Array,
  optimizer: Transformation<P, S>,
): Step<P, S, B> {
  const lossAndGradients = valueAndGradTree(loss);
  const compiled = jitTree((params: P, memory: S, batch: B, learningRate: np.Array): [P, S, np.Array] => {
    const [value, gradients] = lossAndGradients(tree.ref(params), batch);
    const [updates, next] = optimizer.update(gradients, memory, tree.ref(params), learningRate);
    return [applyUpdates(params, updates), next, value];
  });
  const step = (state: TrainState<P, S>, batch: B, learningRate: number): Stepped<P, S> => {
    const [params, memory, value] = compiled(state.params, state.optimizer, batch, np.array(learningRate));
    // Planned steps that nobody asks for pile up, with all their memory; reading one number of a step runs it.
    if (runsOnOneThread()) value.ref.dataSync();
    return { state: { params, optimizer: memory }, loss: value };
  };
  return Object.assign(step, { dispose: () => compiled.dispose() });
}

/** Where the library makes no use of threads: it does where these two exist, and on a GPU. */
function runsOnOneThread(): boolean {
  const device = defaultDevice();
  const threads = 'Worker' in globalThis && 'SharedArrayBuffer' in globalThis;
  return device === 'cpu' || (device === 'wasm' && !threads);
}

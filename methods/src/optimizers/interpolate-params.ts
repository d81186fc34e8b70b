// Points on the straight line between two sets of parameters: what the loss does there shows how a valley lies.
import { numpy as np, tree } from '@jax-js/jax';
import { type ArrayTree, mapTree } from './transformation.ts';

/**
 * (1 − t)·a + t·b for every parameter.
 * @param a t = 0; consumed
 * @param b t = 1, of a's structure and shapes; consumed
 * @param ts places on the line; beyond [0, 1] extrapolates
 * @returns one tree a place, in the order of `ts`
 * @see Goodfellow, Vinyals & Saxe 2015, https://arxiv.org/abs/1412.6544, §2
 */
export function interpolateParams<P extends ArrayTree>(a: P, b: P, ts: readonly number[]): P[] {
  const points = ts.map((t) =>
    mapTree((from: np.Array, to: np.Array) => np.add(from.mul(1 - t), to.mul(t)), tree.ref(a), tree.ref(b)),
  );
  tree.dispose(a);
  tree.dispose(b);
  return points;
}

// The library's jit, valueAndGrad, grad and jvp for functions of trees whose type is a parameter. Its own signatures map
// every tree to a tree of arrays or numbers, which the compiler cannot resolve before it knows the tree.
import { grad, jit, jvp, type numpy as np, valueAndGrad } from '@jax-js/jax';
import type { ArrayTree } from '../optimizers/transformation.ts';

/** A compiled function, which holds its constants until they are given back. */
export interface Compiled<A extends readonly ArrayTree[], R extends ArrayTree> {
  (...args: A): R;
  dispose(): void;
}

/** `jit`: compiled at the first call with each set of shapes; consumes its arguments. */
export function jitTree<A extends readonly ArrayTree[], R extends ArrayTree>(
  f: (...args: A) => R,
): Compiled<A, R> {
  // A tree is called with the very trees that it is typed with, never with numbers in their place.
  const compile = jit as unknown as (g: typeof f) => Compiled<A, R>;
  return compile(f);
}

/** `valueAndGrad` in the first argument; consumes its arguments. */
export function valueAndGradTree<P extends ArrayTree, A extends readonly ArrayTree[]>(
  f: (params: P, ...rest: A) => np.Array,
): (params: P, ...rest: A) => [np.Array, P] {
  const differentiate = valueAndGrad as unknown as (g: typeof f) => (params: P, ...rest: A) => [np.Array, P];
  return differentiate(f);
}

/** `grad` in the first argument; consumes its arguments. */
export function gradTree<P extends ArrayTree, A extends readonly ArrayTree[]>(
  f: (params: P, ...rest: A) => np.Array,
): (params: P, ...rest: A) => P {
  const differentiate = grad as unknown as (g: typeof f) => (params: P, ...rest: A) => P;
  return differentiate(f);
}

/** `jvp` of a function of one tree: its value, and its derivative along the tangent; consumes both. */
export function jvpTree<P extends ArrayTree, R extends ArrayTree>(
  f: (params: P) => R,
  primal: P,
  tangent: P,
): [R, R] {
  const pushed = jvp as unknown as (g: (params: P) => R, primals: [P], tangents: [P]) => [R, R];
  return pushed(f, [primal], [tangent]);
}

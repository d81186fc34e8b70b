// Trees of arrays as vectors: sums, multiples, inner products and projections. All arguments are consumed.
// PCGrad's projection: Yu et al. 2020, Gradient Surgery for Multi-Task Learning, https://arxiv.org/abs/2001.06782
import { numpy as np, tree } from '@jax-js/jax';
import { globalNorm } from '../optimizers/clip-by-global-norm.ts';
import { type ArrayTree, mapTree } from '../optimizers/transformation.ts';

/** a + b. */
export function treeAdd<P extends ArrayTree>(a: P, b: P): P {
  return mapTree((x, y) => x.add(y), a, b);
}

/** a − b. */
export function treeSubtract<P extends ArrayTree>(a: P, b: P): P {
  return mapTree((x, y) => x.sub(y), a, b);
}

/** factor·a. @param factor a number, or a scalar array, which is consumed */
export function treeScale<P extends ArrayTree>(a: P, factor: number | np.Array): P {
  if (typeof factor === 'number') return mapTree((x) => x.mul(factor), a);
  const scaled = mapTree((x) => x.mul(factor.ref), a);
  factor.dispose();
  return scaled;
}

/** ⟨a, b⟩ over all arrays together, a scalar. @throws RangeError for a tree without arrays */
export function treeDot<P extends ArrayTree>(a: P, b: P): np.Array {
  const others = tree.leaves<np.Array>(b);
  const products = tree.leaves<np.Array>(a).map((x, i) => {
    const y = others[i];
    if (y === undefined) throw new RangeError('The two trees have different shapes.');
    return x.mul(y).sum();
  });
  if (products.length === 0) throw new RangeError('A tree without arrays has no inner product.');
  return products.reduce((sum, product) => sum.add(product));
}

/** √⟨a, a⟩, a scalar. */
export function treeNorm(a: ArrayTree): np.Array {
  return globalNorm(a);
}

/** The part of g at right angles to h: g − (⟨g, h⟩/⟨h, h⟩)·h, and g itself where h is 0. */
export function projectOut<P extends ArrayTree>(g: P, h: P): P {
  const square = treeDot(tree.ref(h), tree.ref(h));
  const share = treeDot(tree.ref(g), tree.ref(h)).div(np.where(square.ref.greater(0), square, 1));
  return treeSubtract(g, treeScale(h, share));
}

/** (1 − t)·a + t·b: a straight line between two models. */
export function interpolateParams<P extends ArrayTree>(a: P, b: P, t: number): P {
  return treeAdd(treeScale(a, 1 - t), treeScale(b, t));
}

// SalUn: only the parameters that matter most to what is to be forgotten may change.
// Fan et al. 2024, https://arxiv.org/abs/2310.12508, eq. 3
import { numpy as np, tree } from '@jax-js/jax';
import type { ArrayTree } from '../optimizers/transformation.ts';

/**
 * 1 for the parameters with the largest |gradient| of the forgetting loss, 0 for the others. The order is over all
 * arrays together; of equal ones the first are taken, so that exactly the share asked for is 1.
 * @param gradients of the loss on what is to be forgotten, at the original parameters; consumed
 * @param share in [0, 1] of all parameters, rounded to the nearest whole number of them; 0.5 when left out
 * @returns a tree of the same shape, floats
 * @throws RangeError for another share
 */
export function salUnMask<P extends ArrayTree>(gradients: P, share = 0.5): P {
  if (!(share >= 0 && share <= 1)) throw new RangeError('A share lies in [0, 1].');
  const leaves = tree.leaves<np.Array>(tree.ref(gradients)).map((leaf) => ({
    shape: leaf.shape,
    sizes: Float64Array.from(leaf.dataSync(), Math.abs),
  }));
  const all = leaves.flatMap(({ sizes }) => Array.from(sizes));
  const chosen = Math.round(share * all.length);
  // What ties with the threshold is taken in order while there is room.
  const threshold = all.toSorted((a, b) => b - a)[chosen - 1] ?? Number.POSITIVE_INFINITY;
  let room = chosen - all.filter((size) => size > threshold).length;
  const masks = leaves.map(({ shape, sizes }) => {
    const mask = Float32Array.from(sizes, (size) => {
      if (size > threshold) return 1;
      if (size < threshold || room === 0) return 0;
      room--;
      return 1;
    });
    return np.array(mask, { shape: [...shape] });
  });
  let next = 0;
  return tree.map<np.Array, np.Array, P>((leaf) => {
    leaf.dispose();
    return masks[next++] ?? np.zeros([]);
  }, gradients);
}

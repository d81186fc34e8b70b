// Elastic weight consolidation: parameters that old tasks leaned on are held where they were.
// Kirkpatrick et al. 2017, https://arxiv.org/abs/1612.00796, eq. 3 (without its factor ½, as in the code of
// https://arxiv.org/abs/2205.13452)
import { numpy as np, tree } from '@jax-js/jax';
import { type ArrayTree, mapTree } from '../optimizers/transformation.ts';

/**
 * λ Σ_p F_p (θ_p − θ*_p)²; ∂/∂θ_p = 2λ F_p (θ_p − θ*_p).
 * @param params θ; consumed
 * @param anchor θ*, of the shape of `params`; consumed
 * @param fisher F, of the shape of `params`, from 0 up; consumed
 * @param lambda λ, from 0 up
 * @returns a scalar
 */
export function ewcPenalty<P extends ArrayTree>(params: P, anchor: P, fisher: P, lambda: number): np.Array {
  const terms = mapTree((p, a, f) => f.mul(np.square(p.sub(a))).sum(), params, anchor, fisher);
  return tree
    .leaves<np.Array>(terms)
    .reduce((sum, term) => sum.add(term))
    .mul(lambda);
}

/**
 * F as the authors estimate it: the mean over batches of the squared gradient of a batch's mean loss. It is not the
 * Fisher information of single examples, which is larger, about by the size of the batch.
 * @param gradients one tree a batch; consumed
 * @throws RangeError for no batch
 */
export function fisherOfBatches<P extends ArrayTree>(gradients: Iterable<P>): P {
  let sum: P | undefined;
  let count = 0;
  for (const gradient of gradients) {
    const squared = mapTree((g) => np.square(g), gradient);
    sum = sum === undefined ? squared : mapTree((a, b) => a.add(b), sum, squared);
    count++;
  }
  if (sum === undefined) throw new RangeError('The Fisher information needs a batch or more.');
  return mapTree((f) => f.div(count), sum);
}

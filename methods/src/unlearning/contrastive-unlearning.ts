// Forgetting by contrast: the features of examples to forget are drawn towards those of other forgotten classes.
// After the contrast term in the code of https://arxiv.org/abs/2503.06991 (its CU); the idea is that of
// https://arxiv.org/abs/2401.10458
import { nn, numpy as np } from '@jax-js/jax';
import { masked } from '../losses/masked.ts';

/** Keeps the length of a feature vector of zeros away from 0. */
const epsilon = 1e-12;

/**
 * −1/|N_i| Σ_{j ∈ N_i} log softmax_j(ê_i · ê / τ), the softmax over all other examples of the batch, N_i those of another
 * class than i, ê features of length 1. Cross-entropy on what is to be kept is added by the caller.
 * @param features of examples to forget, floats [n, d]; consumed
 * @param labels their classes, one-hot [n, classes]; consumed
 * @param temperature τ, 1 when left out
 * @returns one value an example, [n], in nats; 0 for one whose class is the whole batch
 * @throws RangeError for fewer than two examples
 */
export function contrastiveUnlearningLoss(features: np.Array, labels: np.Array, temperature = 1): np.Array {
  const n = features.shape[0] ?? 0;
  if (n < 2) throw new RangeError('A contrast needs two examples or more.');
  const lengths = np.sqrt(np.square(features.ref).sum(-1, { keepdims: true }).add(epsilon));
  const unit = features.div(lengths);
  const similarities = np.matmul(unit.ref, unit.transpose()).div(temperature);
  const logShares = nn.logSoftmax(similarities.add(np.eye(n).mul(masked)), -1);
  const sameClass = np.matmul(labels.ref, labels.transpose());
  const others = np.ones([n, n]).sub(sameClass);
  const count = np.maximum(others.ref.sum(-1), 1);
  // An example's own place has a log share of −10³⁰, which its 0 among the others takes out.
  return logShares.mul(others).sum(-1).div(count).neg();
}

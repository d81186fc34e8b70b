// The log-Taylor-softmax: softmax with e^o replaced by its second-order expansion, which is always positive.
// de Brébisson & Vincent 2015, An Exploration of Softmax Alternatives Belonging to the Spherical Loss Family,
// https://arxiv.org/abs/1511.05042, §3.2
import { nn, numpy as np } from '@jax-js/jax';

/**
 * −log( (1 + o_c + o_c²/2) / Σ_k (1 + o_k + o_k²/2) ).
 * @param logits o, floats [..., D]; consumed
 * @param labels c, integers [...] in [0, D); consumed
 * @returns one value an example, [...], in nats
 */
export function logTaylorSoftmax(logits: np.Array, labels: np.Array): np.Array {
  const classes = logits.shape.at(-1) ?? 0;
  // 1 + o + o²/2 = ((o + 1)² + 1)/2, and the half cancels.
  const expansions = np.square(logits.add(1)).add(1);
  const chosen = expansions.ref.mul(nn.oneHot(labels, classes)).sum(-1);
  return np.log(expansions.sum(-1)).sub(np.log(chosen));
}

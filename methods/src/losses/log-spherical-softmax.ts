// The log-spherical-softmax: squares in the place of exponentials.
// de Brébisson & Vincent 2015, https://arxiv.org/abs/1511.05042, §3.1; Ollivier 2013 for the spherical softmax
import { nn, numpy as np } from '@jax-js/jax';

/**
 * −log( (o_c² + ε) / Σ_k (o_k² + ε) ).
 * @param logits o, floats [..., D]; consumed
 * @param labels c, integers [...] in [0, D); consumed
 * @param epsilon keeps an o_c of 0 finite; 0.01 when left out
 * @returns one value an example, [...], in nats
 * @throws RangeError for an epsilon that is not above 0
 */
export function logSphericalSoftmax(
  logits: np.Array,
  labels: np.Array,
  { epsilon = 0.01 }: { readonly epsilon?: number } = {},
): np.Array {
  if (!(epsilon > 0)) throw new RangeError('ε is above 0.');
  const classes = logits.shape.at(-1) ?? 0;
  const squares = np.square(logits).add(epsilon);
  const chosen = squares.ref.mul(nn.oneHot(labels, classes)).sum(-1);
  return np.log(squares.sum(-1)).sub(np.log(chosen));
}

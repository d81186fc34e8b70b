// Several dropout masks over the same features in one step: what stands before the dropout is computed once.
// Inoue 2019, Multi-Sample Dropout for Accelerated Training and Better Generalization, https://arxiv.org/abs/1905.09788
import { nn, numpy as np } from '@jax-js/jax';
import { dropout } from './dropout.ts';

export interface MultiSampleDropoutOptions {
  /** M, how many masks are drawn; 1 is ordinary dropout. */
  readonly samples: number;
  /** How many units are left out, in [0, 1). */
  readonly rate: number;
}

/**
 * The head's outputs z_j = g(h ∘ m_j / keep) for M independent masks. All M copies go through the head as one batch.
 * @param key a key of the array library, new for every step; consumed
 * @param h the trunk's features, floats [B, d]; consumed
 * @param head g, from [M·B, d] to [M·B, C]; called once, consumes its argument
 * @returns floats [M, B, C]
 * @throws RangeError unless M is a whole number from 1 up and the rate lies in [0, 1)
 */
export function multiSampleDropout(
  key: np.Array,
  h: np.Array,
  head: (features: np.Array) => np.Array,
  { samples, rate }: MultiSampleDropoutOptions,
): np.Array {
  if (!Number.isInteger(samples) || samples < 1) throw new RangeError('Masks are a whole number from 1 up.');
  const [batch = 0, width = 0] = h.shape;
  const copies = np.broadcastTo(h.reshape([1, batch, width]), [samples, batch, width]);
  const dropped = dropout(key, copies, rate).reshape([samples * batch, width]);
  return head(dropped).reshape([samples, batch, -1]);
}

/** `loss` averages the masks' losses, which is the paper's; `logits` averages what they are taken of, a common variant. */
export type MultiSampleCombination = 'loss' | 'logits';

/**
 * The loss of several samples: (1/M) Σ_j CE(z_j, y), or CE of the mean of z_j. The second is never the larger (Jensen).
 * @param logits floats [M, B, C]; consumed
 * @param labels one-hot floats [B, C]; consumed
 * @returns one value an example, [B]
 */
export function multiSampleLoss(
  logits: np.Array,
  labels: np.Array,
  combine: MultiSampleCombination = 'loss',
): np.Array {
  if (combine === 'logits') return nn.logSoftmax(logits.mean(0), -1).mul(labels).sum(-1).neg();
  return nn.logSoftmax(logits, -1).mul(labels).sum(-1).mean(0).neg();
}

// Unlearning by walking up the loss that learning walked down.
// Golatkar et al. 2020, https://arxiv.org/abs/1911.04933; Thudi et al. 2022, https://arxiv.org/abs/2109.13398
import type { numpy as np } from '@jax-js/jax';
import { softmaxCrossEntropy } from '../losses/softmax-cross-entropy.ts';

/**
 * log softmax(logits)[label] of examples to forget: minus their cross-entropy. It has no minimum, so that it is taken a
 * few steps only.
 * @param logits floats [..., classes]; consumed
 * @param labels distributions [..., classes]; consumed
 * @returns one value an example, [...], in nats, at most 0
 */
export function gradientAscentLoss(logits: np.Array, labels: np.Array): np.Array {
  return softmaxCrossEntropy(logits, labels).neg();
}

// How likely a model finds a whole text: the sum over its tokens that losses of sequences and of preferences begin with.
import type { numpy as np } from '@jax-js/jax';
import { softmaxCrossEntropyWithIntegerLabels } from './softmax-cross-entropy.ts';

/**
 * Σ_t mask_t · log softmax(logits_t)[label_t], in nats.
 * @param logits floats [B, T, classes]; consumed
 * @param labels the token that each position foretells, integers [B, T] in [0, classes); consumed
 * @param mask floats [B, T], 1 where a token counts; all when left out; consumed
 * @returns one value a text, [B], at most 0; divide by the sum of the mask for the mean a token
 */
export function sequenceLogProb(logits: np.Array, labels: np.Array, mask?: np.Array): np.Array {
  const nll = softmaxCrossEntropyWithIntegerLabels(logits, labels);
  return (mask === undefined ? nll : nll.mul(mask)).sum(-1).neg();
}

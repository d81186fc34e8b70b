// Learning without forgetting: on the new task's inputs, the old units go on answering as they did.
// Li & Hoiem 2016, https://arxiv.org/abs/1606.09282, in the form of the code of https://arxiv.org/abs/2205.13452: the
// softmax runs over all units, the sum over the old ones alone, and there is no factor T².
import { nn, numpy as np } from '@jax-js/jax';

export interface LwfOptions {
  /** T, 2 when left out. */
  readonly temperature?: number;
}

/**
 * Σ_{c old} p_c (log p_c − log q_c), p = softmax(old/T), q = softmax(new/T).
 * @param oldLogits the frozen model's, floats [batch, classes]; consumed
 * @param newLogits floats [batch, classes]; consumed
 * @param oldClasses floats [classes], 1 for a unit of a task before this one, 0 for another; consumed
 * @returns one value an example, [batch], in nats. As the sum leaves units out it can be negative.
 */
export function lwfLoss(
  oldLogits: np.Array,
  newLogits: np.Array,
  oldClasses: np.Array,
  { temperature = 2 }: LwfOptions = {},
): np.Array {
  const oldLogProbs = nn.logSoftmax(oldLogits.div(temperature), -1);
  const newLogProbs = nn.logSoftmax(newLogits.div(temperature), -1);
  const probs = np.exp(oldLogProbs.ref);
  return probs.mul(oldLogProbs.sub(newLogProbs)).mul(oldClasses).sum(-1);
}

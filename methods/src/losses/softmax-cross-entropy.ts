// How surprised a classifier is by the right class: the loss that almost everything here is trained by.
// optax `softmax_cross_entropy`, `softmax_cross_entropy_with_integer_labels`
import { nn, type numpy as np } from '@jax-js/jax';

/**
 * −log softmax(logits)[label] = logsumexp(logits) − logits[label]; ∂/∂logits = softmax(logits) − onehot(label).
 * @param logits floats [..., classes]; consumed
 * @param labels integers [...] in [0, classes); consumed
 * @returns one value an example, [...], in nats
 */
export function softmaxCrossEntropyWithIntegerLabels(logits: np.Array, labels: np.Array): np.Array {
  const classes = logits.shape.at(-1) ?? 0;
  const logNormalizers = nn.logsumexp(logits.ref, -1);
  return logNormalizers.sub(logits.mul(nn.oneHot(labels, classes)).sum(-1));
}

/**
 * −Σ p·log softmax(logits) for labels that are distributions.
 * @param logits floats [..., classes]; consumed
 * @param labels p, floats [..., classes], rows from 0 up that sum to 1; consumed
 * @returns one value an example, [...], in nats
 */
export function softmaxCrossEntropy(logits: np.Array, labels: np.Array): np.Array {
  return labels.mul(nn.logSoftmax(logits, -1)).sum(-1).neg();
}

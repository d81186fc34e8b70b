// A question is a code of four pictures, its answer their four labels: the chance of the right answer is a product, so
// pass@N is exact and nothing is sampled.
import { passAtN, type Random } from '@offprint/methods';

/** Pictures in a code. */
export const codeLength = 4;

/** Codes as places among the pictures, [count · 4]. */
export function drawCodes(random: Random, count: number, pictures: number): Int32Array {
  return Int32Array.from({ length: count * codeLength }, () => random.nextBelow(pictures));
}

/**
 * Mean pass@N over codes, in [0, 1].
 * @param logPs log-probability of the right label, a picture each
 */
export function meanPassAtN(codes: Int32Array, logPs: Float64Array, N: number): number {
  let sum = 0;
  for (let at = 0; at < codes.length; at += codeLength) sum += passAtN(codeProbability(codes, logPs, at), N);
  return sum / (codes.length / codeLength);
}

/** Mean over codes of the probability of the likeliest answer: how sure the reader is. */
export function meanConfidence(codes: Int32Array, highestLogPs: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < codes.length; at += codeLength) sum += codeProbability(codes, highestLogPs, at);
  return sum / (codes.length / codeLength);
}

function codeProbability(codes: Int32Array, logPs: Float64Array, at: number): number {
  let logP = 0;
  for (let i = 0; i < codeLength; i += 1) logP += logPs[codes[at + i] ?? 0] ?? 0;
  return Math.min(1, Math.exp(logP));
}

export interface LabelLogPs {
  /** Of the right label, [pictures]. */
  readonly right: Float64Array;
  /** Of the likeliest label, [pictures]. */
  readonly highest: Float64Array;
}

/**
 * log softmax(logits / temperature) of the right and of the likeliest label, in float64.
 * @param logits [pictures, classes]
 */
export function labelLogPs(logits: Float32Array, labels: Uint8Array, temperature = 1): LabelLogPs {
  const classes = logits.length / labels.length;
  const right = new Float64Array(labels.length);
  const highest = new Float64Array(labels.length);
  for (let i = 0; i < labels.length; i += 1) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    let top = Number.NEGATIVE_INFINITY;
    for (const logit of row) top = Math.max(top, logit);
    let sum = 0;
    for (const logit of row) sum += Math.exp((logit - top) / temperature);
    highest[i] = -Math.log(sum);
    right[i] = ((row[labels[i] ?? 0] ?? 0) - top) / temperature - Math.log(sum);
  }
  return { right, highest };
}

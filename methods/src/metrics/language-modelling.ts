// How well a language model foresees a text: per token, per character, as perplexity.
import { mean } from '../statistics/mean.ts';

/**
 * −log softmax(logits)[target] of every token, in nats.
 * @param logits [n · V], row by row
 * @param targets token ids, whole numbers in [0, V), [n]
 * @param vocabulary V ≥ 1
 * @returns [n]
 * @throws RangeError when the shapes do not agree, a target is out of range, or a logit is NaN or +∞
 */
export function tokenNll(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  vocabulary: number,
): Float64Array {
  if (!Number.isSafeInteger(vocabulary) || vocabulary < 1) throw new RangeError('A vocabulary has a token.');
  if (logits.length !== targets.length * vocabulary) {
    throw new RangeError('Every target needs one logit a token of the vocabulary.');
  }
  const nll = new Float64Array(targets.length);
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i] ?? -1;
    if (!Number.isInteger(target) || target < 0 || target >= vocabulary) {
      throw new RangeError('A target is a token of the vocabulary.');
    }
    const row = i * vocabulary;
    let largest = Number.NEGATIVE_INFINITY;
    for (let v = 0; v < vocabulary; v++) {
      const logit = logits[row + v] ?? Number.NaN;
      if (Number.isNaN(logit) || logit === Number.POSITIVE_INFINITY) {
        throw new RangeError('A logit is a number below infinity.');
      }
      if (logit > largest) largest = logit;
    }
    if (largest === Number.NEGATIVE_INFINITY)
      throw new RangeError('A row of logits leaves no token possible.');
    let sum = 0;
    for (let v = 0; v < vocabulary; v++) sum += Math.exp((logits[row + v] ?? 0) - largest);
    nll[i] = largest + Math.log(sum) - (logits[row + target] ?? 0);
  }
  return nll;
}

/**
 * exp of the mean negative log-likelihood: the number of equally likely tokens the model is as unsure as.
 * @param nll one value a token, in nats, at least one
 * @throws RangeError for no tokens
 */
export function perplexity(nll: ArrayLike<number>): number {
  return Math.exp(mean(nll));
}

/**
 * Σ nll / (ln 2 · characters): comparable between tokenizers, which perplexity is not.
 * @param nll one value a token, in nats, of the whole text
 * @param characters of that text, above 0
 * @throws RangeError for no characters
 */
export function bitsPerCharacter(nll: ArrayLike<number>, characters: number): number {
  if (!(characters > 0)) throw new RangeError('A text has a character.');
  let sum = 0;
  for (let i = 0; i < nll.length; i++) sum += nll[i] ?? 0;
  return sum / (Math.LN2 * characters);
}

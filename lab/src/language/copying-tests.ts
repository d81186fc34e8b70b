// How well a character model copies from its context: by its losses on repeated text and by what its heads look at.
import {
  type DecoderParams,
  lossPerCopy,
  pcg32,
  prefixMatchingScore,
  repeatSegment,
} from '@offprint/methods';
import { attentionWeights } from './attention-weights.ts';
import type { CharacterModelShape, Evaluator } from './character-model.ts';
import type { Windows } from './character-stream.ts';

/** Each of a text's segments several times in a row, as windows whose losses `lossPerCopy` reads. */
export function copyWindows(
  tokens: Int32Array,
  starts: ArrayLike<number>,
  { segmentLength, copies }: { segmentLength: number; copies: number },
): Windows {
  const length = segmentLength * copies - 1;
  const inputs = new Int32Array(starts.length * length);
  const labels = new Int32Array(starts.length * length);
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? 0;
    const repeated = repeatSegment(tokens.subarray(start, start + segmentLength), copies);
    inputs.set(repeated.subarray(0, length), i * length);
    labels.set(repeated.subarray(1), i * length);
  }
  return { count: starts.length, length, inputs, labels };
}

/** The mean loss of every copy over such windows. The parameters are kept. */
export async function copyTest(
  judge: Evaluator,
  params: DecoderParams,
  windows: Windows,
  segmentLength: number,
): Promise<number[]> {
  const losses = await judge.losses(params, windows);
  const sums: number[] = [];
  for (let i = 0; i < windows.count; i++) {
    const each = lossPerCopy(losses.subarray(i * windows.length, (i + 1) * windows.length), segmentLength);
    for (const [copy, loss] of each.entries()) sums[copy] = (sums[copy] ?? 0) + loss / windows.count;
  }
  return sums;
}

/**
 * The best head's prefix-matching score on random tokens that recur four times, a mean over several such texts.
 * @param params kept
 */
export async function bestPrefixMatching(
  params: DecoderParams,
  shape: CharacterModelShape,
  seed: number,
  texts = 8,
): Promise<number> {
  const random = pcg32(seed, 9);
  const length = 4 * Math.floor(shape.context / 4);
  const tokens = new Int32Array(texts * length);
  for (let text = 0; text < texts; text++) {
    const segment = Array.from({ length: length / 4 }, () => random.nextBelow(shape.vocabulary));
    tokens.set(repeatSegment(segment, 4), text * length);
  }
  const scores = new Map<string, number>();
  for (const { layer, head, text, weights } of await attentionWeights(params, { tokens, length }, shape)) {
    const name = `${layer}.${head}`;
    const score = prefixMatchingScore(weights, tokens.subarray(text * length, (text + 1) * length));
    scores.set(name, (scores.get(name) ?? 0) + score / texts);
  }
  return Math.max(...scores.values());
}

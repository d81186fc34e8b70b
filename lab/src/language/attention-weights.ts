// What the heads of a character model look at: their weights on given tokens, layer by layer.
import { numpy as np, tree } from '@jax-js/jax';
import { type DecoderParams, decoder, jitTree } from '@offprint/methods';
import type { CharacterModelShape } from './character-model.ts';

/** The weights of one head on one text: [T · T], row = the token that looks. */
export interface HeadWeights {
  readonly layer: number;
  readonly head: number;
  readonly text: number;
  readonly weights: Float32Array;
}

/**
 * @param params kept
 * @param tokens [texts · length], length at most the context
 * @returns every head of every layer on every text
 */
export async function attentionWeights(
  params: DecoderParams,
  { tokens, length }: { tokens: Int32Array<ArrayBuffer>; length: number },
  { heads }: CharacterModelShape,
): Promise<HeadWeights[]> {
  const texts = tokens.length / length;
  const compiled = jitTree((model: DecoderParams, input: np.Array): np.Array[] => {
    const seen: np.Array[] = [];
    const logits = decoder(model, input, {
      heads,
      attention: () => ({
        onWeights: (weights) => {
          seen.push(weights.ref);
          return weights;
        },
      }),
    });
    return [...seen, logits];
  });
  const outputs = compiled(tree.ref(params), np.array(tokens, { shape: [texts, length] }));
  const found: HeadWeights[] = [];
  for (const [layer, weights] of outputs.slice(0, -1).entries()) {
    const all = Float32Array.from(await weights.data());
    const each = length ** 2;
    for (let i = 0; i < texts * heads; i++) {
      const [text, head] = [Math.floor(i / heads), i % heads];
      found.push({ layer, head, text, weights: all.subarray(i * each, (i + 1) * each) });
    }
  }
  outputs.at(-1)?.dispose();
  compiled.dispose();
  return found;
}

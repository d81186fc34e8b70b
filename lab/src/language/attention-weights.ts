// What the heads of a character model look at: their weights on given tokens, layer by layer.
import { numpy as np, tree } from '@jax-js/jax';
import { type DecoderParams, decoder, jitTree } from '@offprint/methods';
import type { CharacterModelShape } from './character-model.ts';

/** The weights of one layer. */
export interface LayerWeights {
  readonly layer: number;
  /** [heads][T · T], row = the token that looks. */
  readonly heads: readonly Float32Array[];
}

/**
 * @param params kept
 * @param tokens [T], T at most the context
 */
export async function attentionWeights(
  params: DecoderParams,
  tokens: Int32Array<ArrayBuffer>,
  { heads }: CharacterModelShape,
): Promise<LayerWeights[]> {
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
  const outputs = compiled(tree.ref(params), np.array(tokens, { shape: [1, tokens.length] }));
  const layers: LayerWeights[] = [];
  for (const [layer, weights] of outputs.slice(0, -1).entries()) {
    const all = Float32Array.from(await weights.data());
    const each = tokens.length ** 2;
    layers.push({
      layer,
      heads: Array.from({ length: heads }, (_, head) => all.subarray(head * each, (head + 1) * each)),
    });
  }
  outputs.at(-1)?.dispose();
  compiled.dispose();
  return layers;
}

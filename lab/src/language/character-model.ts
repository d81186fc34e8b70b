// The small decoder that papers about language models are tried on: its loss, its size, and how it is judged.
import { numpy as np, tree } from '@jax-js/jax';
import {
  type DecoderParams,
  decoder,
  initDecoder,
  jitTree,
  type Random,
  softmaxCrossEntropyWithIntegerLabels,
} from '@offprint/methods';
import type { Windows } from './character-stream.ts';

export interface CharacterModelShape {
  readonly vocabulary: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly context: number;
}

/** Tokens and what follows each, integers [B, T]. */
export type CharacterBatch = { inputs: np.Array; labels: np.Array };

export function initCharacterModel(random: Random, shape: CharacterModelShape): DecoderParams {
  const { vocabulary, width, layers, context } = shape;
  return initDecoder(random, { vocabulary, width, layers, context });
}

/** How many numbers the blocks and the last norm hold: N without embeddings. The parameters are kept. */
export function blockParameters({ blocks, norm }: DecoderParams): number {
  return tree.leaves<np.Array>([blocks, norm]).reduce((sum, leaf) => sum + leaf.size, 0);
}

export function characterBatch({ count, length, inputs, labels }: Windows): CharacterBatch {
  return {
    inputs: np.array(inputs, { shape: [count, length] }),
    labels: np.array(labels, { shape: [count, length] }),
  };
}

/** The loss of every token in nats, [B, T], and its mean as `jitStep` wants it; both consume their arguments. */
export function characterLoss({ heads }: CharacterModelShape): {
  each(params: DecoderParams, batch: CharacterBatch): np.Array;
  mean(params: DecoderParams, batch: CharacterBatch): np.Array;
} {
  const each = (params: DecoderParams, { inputs, labels }: CharacterBatch): np.Array =>
    softmaxCrossEntropyWithIntegerLabels(decoder(params, inputs, { heads }), labels);
  return { each, mean: (params, batch) => each(params, batch).mean() };
}

/** A compiled judge of parameters of one shape. */
export interface Evaluator {
  /**
   * @param params kept
   * @returns the loss of every token in nats, [count · length]
   */
  losses(params: DecoderParams, windows: Windows): Promise<Float32Array>;
  /** The mean of `losses`. */
  meanLoss(params: DecoderParams, windows: Windows): Promise<number>;
  dispose(): void;
}

/** @param batchSize windows judged at once; every other number of windows compiles anew */
export function evaluator(shape: CharacterModelShape, batchSize: number): Evaluator {
  const compiled = jitTree(characterLoss(shape).each);
  const losses = async (params: DecoderParams, windows: Windows): Promise<Float32Array> => {
    const all = new Float32Array(windows.count * windows.length);
    for (let first = 0; first < windows.count; first += batchSize) {
      const batch = characterBatch(part(windows, first, Math.min(windows.count, first + batchSize)));
      all.set(await compiled(tree.ref(params), batch).data(), first * windows.length);
    }
    return all;
  };
  return {
    losses,
    meanLoss: async (params, windows) => {
      const all = await losses(params, windows);
      return all.reduce((sum, loss) => sum + loss, 0) / all.length;
    },
    dispose: () => compiled.dispose(),
  };
}

function part({ length, inputs, labels }: Windows, from: number, to: number): Windows {
  const range: [number, number] = [from * length, to * length];
  return { count: to - from, length, inputs: inputs.slice(...range), labels: labels.slice(...range) };
}

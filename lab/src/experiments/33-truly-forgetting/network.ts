// The network that learns and forgets, and what it makes of images: answers and features.
import { numpy as np, tree } from '@jax-js/jax';
import {
  initMlp,
  jitStep,
  jitTree,
  type MlpParams,
  mlp,
  momentum,
  pcg32,
  permutation,
  type Random,
  softmaxCrossEntropy,
  trainState,
} from '@offprint/methods';
import type { Digits } from './digit-sets.ts';

/** Units of the last hidden layer, whose activations are the features. */
export const featureUnits = 64;
const hiddenUnits = 128;

/** Examples of one step: pixels [batch, pixels] and labels, one-hot [batch, classes]. */
export type Labelled = { x: np.Array; y: np.Array };

export function newNetwork(pixels: number, classes: number, random: Random): MlpParams {
  return initMlp(random, { sizes: [pixels, hiddenUnits, featureUnits, classes] });
}

/** Logits and features of a batch. Consumes its arguments. */
export function forward(params: MlpParams, x: np.Array): { logits: np.Array; features: np.Array } {
  let features: np.Array | undefined;
  const logits = mlp(params, x, {
    onHidden: (hidden, layer) => {
      if (layer === 1) features = hidden.ref;
      return hidden;
    },
  });
  if (features === undefined) throw new RangeError('The network has two hidden layers.');
  return { logits, features };
}

/** The mean cross-entropy of a batch. Consumes its arguments. */
export function meanCrossEntropy(params: MlpParams, { x, y }: Labelled): np.Array {
  return softmaxCrossEntropy(mlp(params, x), y).mean();
}

/** What a network makes of images, row by row. */
export interface Seen {
  readonly logits: Float32Array;
  readonly features: Float32Array;
}

/** Looks at images through a network, which it keeps; compiled once for each number of images. */
export interface Eye {
  look(params: MlpParams, digits: Digits): Seen;
  dispose(): void;
}

/** Rows that are looked at together. */
const together = 500;

export function openEye(): Eye {
  const both = jitTree((params: MlpParams, x: np.Array): [np.Array, np.Array] => {
    const { logits, features } = forward(params, x);
    return [logits, features];
  });
  return {
    look: (params, { pixels, count }) => {
      const width = pixels.length / count;
      const logits: Float32Array[] = [];
      const features: Float32Array[] = [];
      for (let from = 0; from < count; from += together) {
        const rows = Math.min(together, count - from);
        const x = np.array(pixels.slice(from * width, (from + rows) * width), { shape: [rows, width] });
        const [answers, hidden] = both(tree.ref(params), x);
        logits.push(Float32Array.from(answers.dataSync()));
        features.push(Float32Array.from(hidden.dataSync()));
      }
      return { logits: joined(logits), features: joined(features) };
    },
    dispose: () => both.dispose(),
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Draws batches of some of the images, each once before any is drawn again. */
export function batchesOf(
  digits: Digits,
  places: readonly number[],
  classes: number,
  random: Random,
): (size: number, labels?: ArrayLike<number>) => Labelled {
  const width = digits.pixels.length / digits.count;
  const order: number[] = [];
  return (size, labels = digits.labels) => {
    while (order.length < size) {
      order.push(...Array.from(permutation(places.length, random), (i) => places[i] ?? 0));
    }
    const drawn = order.splice(0, size);
    const x = new Float32Array(size * width);
    const y = new Float32Array(size * classes);
    for (const [i, place] of drawn.entries()) {
      x.set(digits.pixels.subarray(place * width, (place + 1) * width), i * width);
      y[i * classes + (labels[place] ?? 0)] = 1;
    }
    return { x: np.array(x, { shape: [size, width] }), y: np.array(y, { shape: [size, classes] }) };
  };
}

export interface TrainOptions {
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  /** Called with the share done. */
  readonly progress: (share: number) => void;
}

/** Trains by SGD with momentum. @param params consumed */
export function train(
  params: MlpParams,
  draw: (size: number) => Labelled,
  { steps, batch, learningRate, progress }: TrainOptions,
): MlpParams {
  const optimizer = momentum<MlpParams>();
  const step = jitStep(meanCrossEntropy, optimizer);
  let state = trainState(params, optimizer);
  for (let i = 0; i < steps; i++) {
    const stepped = step(state, draw(batch), learningRate);
    stepped.loss.dispose();
    state = stepped.state;
    progress((i + 1) / steps);
  }
  step.dispose();
  tree.dispose(state.optimizer);
  return state.params;
}

/** The generators of a seed, one for each use. */
export function streamOf(seed: number, use: number): Random {
  return pcg32(seed, use);
}

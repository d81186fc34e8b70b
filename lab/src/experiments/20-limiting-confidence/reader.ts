// The reader of codes: a small network trained by one of the losses, looked at between epochs.
import { jit, numpy as np, tree } from '@jax-js/jax';
import {
  adamW,
  dcoLoss,
  initMlp,
  jitStep,
  type MlpParams,
  mlp,
  pcg32,
  type Random,
  trainState,
} from '@offprint/methods';
import type { LabelledRows } from '../../data-sets/labelled-rows.ts';
import { codeLength } from './codes.ts';

export interface Training {
  /** The draws that the loss covers; 1 is cross-entropy. */
  readonly N: number;
  /** ε of label smoothing; 0 is none. */
  readonly smoothing: number;
  readonly learningRate: number;
  readonly epochs: number;
  /** Codes an epoch. */
  readonly codes: number;
  /** Units of the two hidden layers. */
  readonly hidden: number;
}

const pixels = 784;
const classes = 10;
const codesPerBatch = 32;

/**
 * Trains a reader, and shows it after every epoch (with 0 before the first) the logits of the pictures that it is
 * judged by, [pictures, classes].
 */
export function trainReader(
  training: Training,
  seed: number,
  train: LabelledRows,
  judged: LabelledRows,
  show: (epoch: number, logits: Float32Array) => void,
): void {
  const random = pcg32(seed, 1);
  const sizes = [pixels, training.hidden, training.hidden, classes];
  const optimizer = adamW<MlpParams>({ weightDecay: 0 });
  const step = jitStep((params: MlpParams, batch: CodeBatch) => lossOf(params, batch, training), optimizer);
  const forward = jit((params: MlpParams, images: np.Array) => mlp(params, images));
  const images = np.array(judged.images).reshape([judged.count, pixels]);
  const look = (epoch: number): void => {
    const logits = forward(tree.ref(state.params), images.ref).dataSync();
    show(epoch, Float32Array.from(logits));
  };
  let state = trainState(initMlp(random, { sizes }), optimizer);
  look(0);
  const steps = Math.ceil(training.codes / codesPerBatch);
  for (let epoch = 1; epoch <= training.epochs; epoch += 1) {
    for (let i = 0; i < steps; i += 1) {
      const stepped = step(state, codeBatch(random, train, training.smoothing), training.learningRate);
      stepped.loss.dispose();
      state = stepped.state;
    }
    look(epoch);
  }
  tree.dispose(state);
  images.dispose();
  step.dispose();
  forward.dispose();
}

type CodeBatch = {
  /** [codes · 4, pixels]. */
  images: np.Array;
  /** One-hot or smoothed, [codes, 4, classes]. */
  labels: np.Array;
};

function lossOf(params: MlpParams, { images, labels }: CodeBatch, { N }: Training): np.Array {
  const logits = mlp(params, images).reshape([codesPerBatch, codeLength, classes]);
  return dcoLoss(logits, labels, { N, reduction: 'mean' }).mean();
}

/** Codes of training pictures drawn at random. Smooth labels are (1 − ε)·onehot + ε/classes. */
function codeBatch(random: Random, { images, labels, count }: LabelledRows, smoothing: number): CodeBatch {
  const parts = codesPerBatch * codeLength;
  const drawn = new Float32Array(parts * pixels);
  const targets = new Float32Array(parts * classes).fill(smoothing / classes);
  for (let i = 0; i < parts; i += 1) {
    const picture = random.nextBelow(count);
    drawn.set(images.subarray(picture * pixels, (picture + 1) * pixels), i * pixels);
    const target = i * classes + (labels[picture] ?? 0);
    targets[target] = (targets[target] ?? 0) + 1 - smoothing;
  }
  return {
    images: np.array(drawn).reshape([parts, pixels]),
    labels: np.array(targets).reshape([codesPerBatch, codeLength, classes]),
  };
}

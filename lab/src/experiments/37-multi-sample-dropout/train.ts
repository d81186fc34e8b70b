// Trains a network under M masks and looks at it without dropout now and then.
import { random as jaxRandom, jit, nn, numpy as np, tree } from '@jax-js/jax';
import { jitStep, momentum, pcg32, quantileOfSorted, type Random, trainState } from '@offprint/methods';
import type { LabelledRows } from '../../data-sets/labelled-rows.ts';
import type { Trunk } from './claim.ts';
import { classes, initNetwork, type Masks, maskedLoss, type NetworkParams, predict } from './network.ts';

export interface Training extends Masks {
  readonly trunk: Trunk;
  readonly learningRate: number;
  readonly steps: number;
  readonly batch: number;
  /** A look at the network after so many steps. */
  readonly lookEvery: number;
}

export interface Look {
  readonly step: number;
  /** Nats a training picture, without dropout. */
  readonly trainingLoss: number;
  /** The share of test pictures that is misread. */
  readonly testError: number;
}

const pixels = 784;

export interface Trained {
  readonly last: Look;
  /** The median time of a step, looks and the drawing of batches left out. */
  readonly stepMilliseconds: number;
}

/** Trains, and shows what was seen now and then; the loss is looked at on the first thousand training pictures. */
export function trainNetwork(
  training: Training,
  seed: number,
  train: LabelledRows,
  test: LabelledRows,
  show: (look: Look) => void,
): Trained {
  const random = pcg32(seed, 37);
  const optimizer = momentum<NetworkParams>({ decay: 0.9 });
  const step = jitStep(
    (params: NetworkParams, batch: Batch) => maskedLoss(params, batch, training),
    optimizer,
  );
  const watched = Math.min(1000, train.count);
  const trainingLogits = watcher(train.images.subarray(0, watched * pixels), watched);
  const testLogits = watcher(test.images, test.count);
  let state = trainState(initNetwork(random, training.trunk), optimizer);
  const look = (at: number): Look => {
    const seen = {
      step: at,
      trainingLoss: meanLoss(trainingLogits.of(state.params), train.labels.subarray(0, watched)),
      testError: errorShare(testLogits.of(state.params), test.labels),
    };
    show(seen);
    return seen;
  };
  let last = look(0);
  const milliseconds: number[] = [];
  for (let at = 1; at <= training.steps; at += 1) {
    const batch = drawBatch(random, train, training.batch);
    const start = performance.now();
    const stepped = step(state, batch, training.learningRate);
    // Reading the loss waits for the step, so that its time is its own.
    stepped.loss.dataSync();
    milliseconds.push(performance.now() - start);
    state = stepped.state;
    if (at % training.lookEvery === 0) last = look(at);
  }
  tree.dispose(state);
  trainingLogits.dispose();
  testLogits.dispose();
  step.dispose();
  return { last, stepMilliseconds: median(milliseconds) };
}

type Batch = { images: np.Array; labels: np.Array; key: np.Array };

function drawBatch(random: Random, { images, labels, count }: LabelledRows, size: number): Batch {
  const drawn = new Float32Array(size * pixels);
  const targets = new Float32Array(size * classes);
  for (let i = 0; i < size; i += 1) {
    const picture = random.nextBelow(count);
    drawn.set(images.subarray(picture * pixels, (picture + 1) * pixels), i * pixels);
    targets[i * classes + (labels[picture] ?? 0)] = 1;
  }
  return {
    images: np.array(drawn).reshape([size, pixels]),
    labels: np.array(targets).reshape([size, classes]),
    key: jaxRandom.key(random.nextBelow(2 ** 31)),
  };
}

/** The logits of fixed pictures under changing parameters, [pictures · classes]. */
function watcher(
  pictures: Float32Array<ArrayBuffer>,
  count: number,
): { of(params: NetworkParams): Float32Array; dispose(): void } {
  const images = np.array(Float32Array.from(pictures)).reshape([count, pixels]);
  const forward = jit((params: NetworkParams, x: np.Array) => nn.logSoftmax(predict(params, x), -1));
  return {
    of: (params) => Float32Array.from(forward(tree.ref(params), images.ref).dataSync()),
    dispose: () => {
      images.dispose();
      forward.dispose();
    },
  };
}

function meanLoss(logPs: Float32Array, labels: Uint8Array): number {
  let sum = 0;
  labels.forEach((label, i) => {
    sum -= logPs[i * classes + label] ?? 0;
  });
  return sum / labels.length;
}

function errorShare(logPs: Float32Array, labels: Uint8Array): number {
  let wrong = 0;
  labels.forEach((label, i) => {
    const row = logPs.subarray(i * classes, (i + 1) * classes);
    if (row.indexOf(Math.max(...row)) !== label) wrong += 1;
  });
  return wrong / labels.length;
}

/** The first step compiles and others wait for the machine: neither moves a median. */
function median(values: readonly number[]): number {
  return quantileOfSorted(Float64Array.from(values).sort(), 0.5);
}

// The three reference models of the training benchmark, and this house's side of it: every side gets the same weights
// and batches.
import { defaultDevice, init, numpy as np, tree } from '@jax-js/jax';
import {
  type ArrayTree,
  adam,
  adamW,
  type CnnParams,
  cnn,
  type DecoderParams,
  decoder,
  initCnn,
  initDecoder,
  initMlp,
  jitStep,
  loadParams,
  type MlpParams,
  mlp,
  pcg32,
  type Random,
  saveParams,
  softmaxCrossEntropyWithIntegerLabels,
  type Transformation,
  trainState,
} from '@offprint/methods';

export type ModelName = 'mlp' | 'gpt' | 'cnn';

/** Batches that are trained on in turn. */
export const batchCount = 4;
export const learningRate = 1e-3;
/** Of the GPT, by AdamW. */
export const weightDecay = 0.01;
/** Of all sides: 1 − β₂ is then exact in single precision, in which TensorFlow.js subtracts β₂ᵗ from 1. */
export const b2 = 1 - 2 ** -10;
export const heads = 4;

/** Inputs, tokens as integers, and the class or token to be guessed. */
export interface Batch {
  readonly x: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  readonly xShape: readonly number[];
  readonly y: Int32Array<ArrayBuffer>;
  readonly yShape: readonly number[];
}

/** What every side starts from. */
export interface TrainingStart {
  readonly model: ModelName;
  /** A safetensors file, the parameters by their dotted names. */
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly batches: readonly Batch[];
}

/** One side of the comparison, with a model in training. */
export interface TrainingSide {
  readonly name: string;
  /** Takes one step on the batch of this number. */
  step(batch: number): Promise<MeasuredStep>;
  close(): Promise<void>;
}

export interface MeasuredStep {
  /** Before the step. */
  readonly loss: number;
  /** What the step took of a processor, however long others kept it waiting. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Runs a step of this process and says what it took. */
export async function measured(step: () => Promise<number>): Promise<MeasuredStep> {
  const cpu = processorMs();
  const begun = performance.now();
  const loss = await step();
  const wallMs = performance.now() - begun;
  return { loss, cpuMs: processorMs() - cpu, wallMs };
}

/** What this process has used of a processor so far; a browser's page is not told. */
function processorMs(): number {
  if (!('process' in globalThis)) return Number.NaN;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

interface ReferenceModel {
  weights(random: Random): Promise<Uint8Array<ArrayBuffer>>;
  batch(random: Random): Batch;
  open(start: TrainingStart): TrainingSide;
}

const image = { image: [28, 28, 1], channels: [16, 32], classes: 10 } as const;

export const models: Readonly<Record<ModelName, ReferenceModel>> = {
  mlp: {
    ...trained((random) => initMlp(random, { sizes: [784, 256, 128, 10] }), mlp, adam<MlpParams>({ b2 })),
    batch: (random) => ({
      x: Float32Array.from({ length: 128 * 784 }, () => random.nextUnit()),
      xShape: [128, 784],
      y: Int32Array.from({ length: 128 }, () => random.nextBelow(10)),
      yShape: [128],
    }),
  },
  gpt: {
    ...trained(
      (random) => initDecoder(random, { vocabulary: 256, layers: 4, width: 128, context: 128 }),
      (params, x) => decoder(params, x, { heads }),
      adamW<DecoderParams>({ b2, weightDecay }),
    ),
    batch: (random) => ({
      x: Int32Array.from({ length: 16 * 128 }, () => random.nextBelow(256)),
      xShape: [16, 128],
      y: Int32Array.from({ length: 16 * 128 }, () => random.nextBelow(256)),
      yShape: [16, 128],
    }),
  },
  cnn: {
    ...trained(
      (random) => initCnn(random, image),
      (params, x) => cnn(params, x, image),
      adam<CnnParams>({ b2 }),
    ),
    batch: (random) => ({
      x: Float32Array.from({ length: 64 * 784 }, () => random.nextUnit()),
      xShape: [64, 28, 28, 1],
      y: Int32Array.from({ length: 64 }, () => random.nextBelow(10)),
      yShape: [64],
    }),
  },
};

/** The weights and batches that a seed draws. */
export async function trainingStart(model: ModelName): Promise<TrainingStart> {
  await init('wasm');
  defaultDevice('wasm');
  const random = pcg32(4);
  const weights = await models[model].weights(random);
  const batches = Array.from({ length: batchCount }, () => models[model].batch(random));
  return { model, weights, batches };
}

/** A model as the house trains it: by `jitStep`. */
function trained<P extends ArrayTree>(
  start: (random: Random) => P,
  logits: (params: P, x: np.Array) => np.Array,
  optimizer: Transformation<P>,
): Pick<ReferenceModel, 'weights' | 'open'> {
  return {
    weights: async (random) => {
      const params = start(random);
      const file = await saveParams(params);
      tree.dispose(params);
      return file;
    },
    open: ({ weights, batches }) => {
      const like = start(pcg32(0));
      let state = trainState(loadParams(weights, like), optimizer);
      tree.dispose(like);
      const loss = (params: P, { x, y }: { x: np.Array; y: np.Array }): np.Array =>
        softmaxCrossEntropyWithIntegerLabels(logits(params, x), y).mean();
      const step = jitStep(loss, optimizer);
      return {
        name: 'offprint, wasm',
        step: (i) =>
          measured(async () => {
            const { x, xShape, y, yShape } = batches[i % batches.length] ?? none();
            const given = { x: np.array(x, { shape: [...xShape] }), y: np.array(y, { shape: [...yShape] }) };
            const stepped = step(state, given, learningRate);
            state = stepped.state;
            return (await stepped.loss.data())[0] ?? Number.NaN;
          }),
        close: async () => {
          tree.dispose(state);
          step.dispose();
        },
      };
    },
  };
}

function none(): never {
  throw new RangeError('There are no batches.');
}

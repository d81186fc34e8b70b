// The unlearning methods: each starts from the original network and ends with one that should have forgotten.
import { lax, numpy as np, tree } from '@jax-js/jax';
import {
  contrastiveUnlearningLoss,
  gradientAscentLoss,
  gradTree,
  jitStep,
  jitTree,
  type MlpParams,
  mapTree,
  maskHead,
  mlp,
  momentum,
  pseudoLabels,
  type Random,
  randomLabels,
  salUnMask,
  softmaxCrossEntropy,
  trainState,
} from '@offprint/methods';
import { type DigitSets, isForgotten, placesOf } from './digit-sets.ts';
import { batchesOf, type Eye, forward, type Labelled, meanCrossEntropy } from './network.ts';

export const methods = [
  'masked head',
  'fine-tune',
  'gradient ascent',
  'random labels',
  'pseudo labels',
  'SalUn',
  'contrast',
] as const;
export type Method = (typeof methods)[number];

export interface UnlearnOptions {
  readonly method: Method;
  readonly steps: number;
  /** Images to keep a step; as many to forget beside them. */
  readonly batch: number;
  readonly learningRate: number;
}

/** One step's examples, and for SalUn which parameters may move. */
type Batch = { keep: Labelled; forget: Labelled; mask: MlpParams | [] };

/** Each method's loss; the labels to forget by are already in the batch. */
function lossOf(method: Method): (params: MlpParams, batch: Batch) => np.Array {
  switch (method) {
    case 'gradient ascent':
      return (params, { keep, forget, mask }) => {
        tree.dispose([keep, mask]);
        return gradientAscentLoss(mlp(params, forget.x), forget.y).mean();
      };
    case 'fine-tune':
      return (params, { keep, forget, mask }) => {
        tree.dispose([forget, mask]);
        return meanCrossEntropy(params, keep);
      };
    case 'contrast':
      return (params, { keep, forget, mask }) => {
        tree.dispose(mask);
        const { logits, features } = forward(tree.ref(params), forget.x);
        logits.dispose();
        const contrast = contrastiveUnlearningLoss(features, forget.y).mean();
        return meanCrossEntropy(params, keep).add(contrast);
      };
    case 'SalUn':
      return (params, { keep, forget, mask }) => relabelled(onlyMasked(params, mask), keep, forget);
    default:
      return (params, { keep, forget, mask }) => {
        tree.dispose(mask);
        return relabelled(params, keep, forget);
      };
  }
}

function relabelled(params: MlpParams, keep: Labelled, forget: Labelled): np.Array {
  const forgetting = softmaxCrossEntropy(mlp(tree.ref(params), forget.x), forget.y).mean();
  return meanCrossEntropy(params, keep).add(forgetting);
}

/** The same parameters, with a gradient only where the mask is 1. */
function onlyMasked(params: MlpParams, mask: MlpParams | []): MlpParams {
  if (Array.isArray(mask)) return params;
  return mapTree(
    (param, may) => {
      const fixed = lax.stopGradient(param.ref);
      return param.mul(may.ref).add(fixed.mul(may.neg().add(1)));
    },
    params,
    mask,
  );
}

/**
 * @param original kept
 * @param eye for what the original answers
 */
export function unlearn(
  original: MlpParams,
  sets: DigitSets,
  eye: Eye,
  options: UnlearnOptions,
  random: Random,
  progress: (share: number) => void,
): MlpParams {
  const { method, steps, batch, learningRate } = options;
  if (method === 'masked head') return withMaskedHead(original, sets.forgotten);
  const { train, classes } = sets;
  const forgotten = isForgotten(sets, train);
  const drawKept = batchesOf(train, placesOf(forgotten, false), classes, random);
  const drawForgotten = batchesOf(train, placesOf(forgotten, true), classes, random);
  const labels = labelsToForgetBy(original, sets, eye, method, random);
  const mask = method === 'SalUn' ? saliency(original, drawForgotten) : undefined;
  const optimizer = momentum<MlpParams>();
  const step = jitStep(lossOf(method), optimizer);
  let state = trainState(tree.ref(original), optimizer);
  for (let i = 0; i < steps; i++) {
    const stepped = step(
      state,
      {
        keep: drawKept(batch),
        forget: drawForgotten(batch, labels),
        mask: mask === undefined ? [] : tree.ref(mask),
      },
      learningRate,
    );
    stepped.loss.dispose();
    state = stepped.state;
    progress((i + 1) / steps);
  }
  step.dispose();
  tree.dispose(state.optimizer);
  if (mask !== undefined) tree.dispose(mask);
  return state.params;
}

/** Of every training image; only those of images to forget are read. */
function labelsToForgetBy(
  original: MlpParams,
  { train, classes, forgotten }: DigitSets,
  eye: Eye,
  method: Method,
  random: Random,
): Uint8Array {
  switch (method) {
    case 'random labels':
    case 'SalUn':
      return randomLabels(train.labels, classes, random);
    case 'pseudo labels':
      return pseudoLabels(eye.look(original, train).logits, classes, forgotten);
    default:
      return train.labels;
  }
}

/** Half of the parameters: those that the loss on 1,000 images to forget depends on most. */
function saliency(original: MlpParams, drawForgotten: (size: number) => Labelled): MlpParams {
  const gradient = jitTree(gradTree(meanCrossEntropy));
  const mask = salUnMask(gradient(tree.ref(original), drawForgotten(1000)), 0.5);
  gradient.dispose();
  return mask;
}

function withMaskedHead(original: MlpParams, forgotten: readonly number[]): MlpParams {
  const { layers } = tree.ref(original);
  return {
    layers: layers.map((layer, i) => {
      if (i !== layers.length - 1 || layer.bias === undefined) return layer;
      const bias = np.array(maskHead(Float32Array.from(layer.bias.dataSync()), forgotten));
      return { weight: layer.weight, bias };
    }),
  };
}

// The two networks of paper 37: a trunk that is computed once, and a head behind the dropout that every mask goes through.
import { random as jaxRandom, nn, type numpy as np } from '@jax-js/jax';
import {
  type ConvolutionParams,
  convolution,
  dropout,
  initConvolution,
  initLinear,
  type LinearParams,
  linearLayer as linear,
  type MultiSampleCombination,
  multiSampleDropout,
  multiSampleLoss,
  type Random,
} from '@offprint/methods';
import type { Trunk } from './claim.ts';

export const classes = 10;
const side = 28;
const channels = [16, 32] as const;
/** Units between two layers of the perceptron, and features that the convolutions' head is given. */
const width = 128;
const features = 64;

/** The perceptron has one layer before the dropout and two behind it; the convolutions have all but the last before it. */
export type NetworkParams = {
  convolutions: ConvolutionParams[];
  trunk: LinearParams;
  head: LinearParams[];
};

export interface Masks {
  readonly samples: number;
  readonly rate: number;
  readonly combine: MultiSampleCombination;
}

export function initNetwork(random: Random, kind: Trunk): NetworkParams {
  if (kind === 'mlp')
    return {
      convolutions: [],
      trunk: initLinear(random, { inFeatures: side * side, outFeatures: width }),
      head: [
        initLinear(random, { inFeatures: width, outFeatures: width }),
        initLinear(random, { inFeatures: width, outFeatures: classes }),
      ],
    };
  const flat = (side / 4) ** 2 * channels[1];
  return {
    convolutions: [
      initConvolution(random, { inChannels: 1, outChannels: channels[0], window: [3, 3] }),
      initConvolution(random, { inChannels: channels[0], outChannels: channels[1], window: [3, 3] }),
    ],
    trunk: initLinear(random, { inFeatures: flat, outFeatures: features }),
    head: [initLinear(random, { inFeatures: features, outFeatures: classes })],
  };
}

/** f(x): [B, 784] → [B, d], all that stands before the dropout. Consumes both. */
function trunkFeatures({ convolutions, trunk }: Omit<NetworkParams, 'head'>, x: np.Array): np.Array {
  if (convolutions.length === 0) return nn.relu(linear(trunk, x));
  const [batch = 0] = x.shape;
  let maps = x.reshape([batch, side, side, 1]);
  for (const params of convolutions)
    maps = nn.relu(convolution(params, maps, { stride: 2, padding: 'same' }));
  return nn.relu(linear(trunk, maps.reshape([batch, -1])));
}

/** g(h) without masks. Consumes both. */
function plainHead(head: readonly LinearParams[], h: np.Array): np.Array {
  return head.reduce((x, layer, i) => (i === 0 ? linear(layer, x) : linear(layer, nn.relu(x))), h);
}

/** One pass without dropout, as at inference: logits [B, classes]. Consumes both. */
export function predict({ head, ...before }: NetworkParams, x: np.Array): np.Array {
  return plainHead(head, trunkFeatures(before, x));
}

/**
 * The training loss of a batch, a scalar. Dropouts behind the first one draw a mask for every copy.
 * @param key for this step; consumed, as all arrays are
 */
export function maskedLoss(
  { head, ...before }: NetworkParams,
  batch: { readonly images: np.Array; readonly labels: np.Array; readonly key: np.Array },
  { samples, rate, combine }: Masks,
): np.Array {
  const keys = jaxRandom.split(batch.key, head.length);
  const key = (layer: number): np.Array => keys.ref.slice(layer);
  const logits = multiSampleDropout(
    key(0),
    trunkFeatures(before, batch.images),
    (h) => head.reduce((x, layer, i) => linear(layer, i === 0 ? x : dropout(key(i), nn.relu(x), rate)), h),
    { samples, rate },
  );
  keys.dispose();
  return multiSampleLoss(logits, batch.labels, combine).mean();
}

/** Multiplications of one training example's forward pass, before and behind the dropout. */
export function multiplications(kind: Trunk): { readonly trunk: number; readonly head: number } {
  if (kind === 'mlp') return { trunk: side * side * width, head: width * width + width * classes };
  const [one, two] = channels;
  const first = (side / 2) ** 2 * 9 * one;
  const second = (side / 4) ** 2 * 9 * one * two;
  return { trunk: first + second + (side / 4) ** 2 * two * features, head: features * classes };
}

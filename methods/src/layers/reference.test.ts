// Layers and models against another implementation in float64, forward and backward (../testing/reference-layers.py).
import { DType, init, numpy as np } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CnnShape, cnn, initCnn } from '../models/cnn.ts';
import { decoder, initDecoder } from '../models/decoder.ts';
import { initMlp, mlp } from '../models/mlp.ts';
import { type NamedLeaves, unnamedLeaves } from '../optimizers/named-leaves.ts';
import type { ArrayTree } from '../optimizers/transformation.ts';
import { pcg32 } from '../random/pcg32.ts';
import {
  arrayAt as at,
  type Case,
  expectConsumed,
  expectReference,
  expectSlope,
  referenced,
} from '../testing/referenced-case.ts';
import { relu } from './activations.ts';
import { attention, initAttention } from './attention.ts';
import { convolution } from './convolution.ts';
import { dropout } from './dropout.ts';
import { embedding } from './embedding.ts';
import { feedForward, initFeedForward } from './feed-forward.ts';
import { layerNorm } from './layer-norm.ts';
import { linear } from './linear.ts';
import { multiSampleDropout } from './multi-sample-dropout.ts';
import { averagePool, globalAveragePool, maxPool } from './pooling.ts';
import { rmsNorm } from './rms-norm.ts';

const tokens = () => np.array(Int32Array.from([0, 3, 1, 4, 2, 2, 0, 1]), { shape: [2, 4] });
const mask = () =>
  np.array([
    [1, 0, 1, 1],
    [1, 1, 0, 1],
    [0, 1, 1, 1],
    [1, 1, 1, 0],
  ]);
/** A key of the array library, whose own `random.key` makes another one under jit (../jax-traps.test.ts). */
const keyOf = (seed: number) => np.array(Uint32Array.from([0, seed]));
const anySeed = () => pcg32(1);
const images: CnnShape = { image: [8, 8, 1], channels: [2, 3], classes: 4 };

/** The arrays whose names begin with `l.`, as a layer's parameters. */
function layer<P extends ArrayTree>(leaves: NamedLeaves, like: P): P {
  const own = Object.entries(leaves).map(([name, leaf]) => [name.replace(/^l\./, ''), leaf]);
  return unnamedLeaves(like, Object.fromEntries(own));
}
const affine = (p: NamedLeaves) => ({ weight: at(p, 'l.weight'), bias: at(p, 'l.bias') });

const cases: Readonly<Record<string, Case>> = {
  linear: (p) => linear(affine(p), at(p, 'x')),
  embedding: (p) => embedding({ weight: at(p, 'l.weight') }, tokens()),
  layerNorm: (p) => layerNorm({ scale: at(p, 'l.scale'), bias: at(p, 'l.bias') }, at(p, 'x')),
  rmsNorm: (p) => rmsNorm({ scale: at(p, 'l.scale') }, at(p, 'x')),
  attention: (p) => attention(layer(p, initAttention(anySeed(), { width: 6 })), at(p, 'x'), { heads: 2 }),
  attentionMaskedBiased: (p) =>
    attention(layer(p, initAttention(anySeed(), { width: 6 })), at(p, 'x'), {
      heads: 2,
      causal: false,
      bias: at(p, 'bias'),
      mask: mask(),
    }),
  feedForward: (p) => feedForward(layer(p, initFeedForward(anySeed(), { width: 4, hidden: 6 })), at(p, 'x')),
  convolutionValid: (p) => convolution(affine(p), at(p, 'x')),
  convolutionSameStrided: (p) => convolution(affine(p), at(p, 'x'), { stride: 2, padding: 'same' }),
  convolutionValidStrided: (p) => convolution(affine(p), at(p, 'x'), { stride: 2 }),
  maxPool: (p) => maxPool(at(p, 'x'), { window: [2, 2] }),
  maxPoolOverlappingSame: (p) => maxPool(at(p, 'x'), { window: [3, 3], stride: 2, padding: 'same' }),
  averagePool: (p) => averagePool(at(p, 'x'), { window: [2, 2] }),
  averagePoolOverlappingSame: (p) => averagePool(at(p, 'x'), { window: [3, 3], stride: 2, padding: 'same' }),
  globalAveragePool: (p) => globalAveragePool(at(p, 'x')),
  relu: (p) => relu(at(p, 'x')),
  dropout: (p) => dropout(keyOf(1), at(p, 'x'), 0.25),
  multiSampleDropout: (p) =>
    multiSampleDropout(keyOf(2), at(p, 'x'), (h) => linear(affine(p), h), { samples: 3, rate: 0.5 }),
  mlp: (p) => mlp(layer(p, initMlp(anySeed(), { sizes: [4, 5, 3] })), at(p, 'x')),
  cnn: (p) => cnn(layer(p, initCnn(anySeed(), images)), at(p, 'x'), images),
  decoderTied: (p) => {
    const shape = { vocabulary: 5, layers: 2, width: 4, context: 5, hidden: 6 };
    return decoder(layer(p, initDecoder(anySeed(), shape)), tokens(), { heads: 2 });
  },
  decoderUntied: (p) => {
    const shape = { vocabulary: 5, layers: 1, width: 4, context: 5, hidden: 6, tied: false };
    return decoder(layer(p, initDecoder(anySeed(), shape)), tokens(), { heads: 2 });
  },
};

beforeAll(() => init('wasm'));

describe('every layer and model', () => {
  it('has a stored reference', () => expect(referenced('layers', cases).length).toBeGreaterThan(0));
});

describe.each(referenced('layers', cases))('$name', ({ f, reference }) => {
  it.each([DType.Float64, DType.Float32])('has the reference’s value and gradients in %s', (dtype) =>
    expectReference(f, reference, dtype),
  );
  it('has the gradient that finite differences measure', () => expectSlope(f, reference));
  it('consumes its parameters and its input', () => expectConsumed(f, reference));
});

// Layers, models and losses against another implementation in float64, forward and backward (../testing/*.py).
import { DType, init, numpy as np, tree } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradTree, jitTree } from '../gradients/typed-transformations.ts';
import {
  softmaxCrossEntropy,
  softmaxCrossEntropyWithIntegerLabels,
} from '../losses/softmax-cross-entropy.ts';
import { type CnnShape, cnn, initCnn } from '../models/cnn.ts';
import { decoder, initDecoder } from '../models/decoder.ts';
import { initMlp, mlp } from '../models/mlp.ts';
import { type NamedLeaves, unnamedLeaves } from '../optimizers/named-leaves.ts';
import type { ArrayTree } from '../optimizers/transformation.ts';
import { pcg32 } from '../random/pcg32.ts';
import { type Reference, readReferences, wave } from '../testing/reference.ts';
import { attention, initAttention } from './attention.ts';
import { convolution } from './convolution.ts';
import { embedding } from './embedding.ts';
import { feedForward, initFeedForward } from './feed-forward.ts';
import { layerNorm } from './layer-norm.ts';
import { linear } from './linear.ts';
import { averagePool, globalAveragePool, maxPool } from './pooling.ts';
import { rmsNorm } from './rms-norm.ts';

const integers = (values: number[], shape: number[]) => np.array(Int32Array.from(values), { shape });
const tokens = () => integers([0, 3, 1, 4, 2, 2, 0, 1], [2, 4]);
const mask = () =>
  np.array([
    [1, 0, 1, 1],
    [1, 1, 0, 1],
    [0, 1, 1, 1],
    [1, 1, 1, 0],
  ]);
const soft = () =>
  np.array([
    [0.1, 0.2, 0.3, 0.4],
    [1, 0, 0, 0],
    [0.25, 0.25, 0.25, 0.25],
  ]);
const random = () => pcg32(1);
const images: CnnShape = { image: [8, 8, 1], channels: [2, 3], classes: 4 };

/** The array of a name, which every case has. */
function at(leaves: NamedLeaves, name: string): np.Array {
  const leaf = leaves[name];
  if (leaf === undefined) throw new RangeError(`The reference has no "${name}".`);
  return leaf;
}
/** The arrays whose names begin with `l.`, as a layer's parameters. */
function layer<P extends ArrayTree>(leaves: NamedLeaves, like: P): P {
  const own = Object.entries(leaves).map(([name, leaf]) => [name.replace(/^l\./, ''), leaf]);
  return unnamedLeaves(like, Object.fromEntries(own));
}
const affine = (p: NamedLeaves) => ({ weight: at(p, 'l.weight'), bias: at(p, 'l.bias') });

const cases: Readonly<Record<string, (p: NamedLeaves) => np.Array>> = {
  linear: (p) => linear(affine(p), at(p, 'x')),
  embedding: (p) => embedding({ weight: at(p, 'l.weight') }, tokens()),
  layerNorm: (p) => layerNorm({ scale: at(p, 'l.scale'), bias: at(p, 'l.bias') }, at(p, 'x')),
  rmsNorm: (p) => rmsNorm({ scale: at(p, 'l.scale') }, at(p, 'x')),
  attention: (p) => attention(layer(p, initAttention(random(), { width: 6 })), at(p, 'x'), { heads: 2 }),
  attentionMaskedBiased: (p) =>
    attention(layer(p, initAttention(random(), { width: 6 })), at(p, 'x'), {
      heads: 2,
      causal: false,
      bias: at(p, 'bias'),
      mask: mask(),
    }),
  feedForward: (p) => feedForward(layer(p, initFeedForward(random(), { width: 4, hidden: 6 })), at(p, 'x')),
  convolutionValid: (p) => convolution(affine(p), at(p, 'x')),
  convolutionSameStrided: (p) => convolution(affine(p), at(p, 'x'), { stride: 2, padding: 'same' }),
  convolutionValidStrided: (p) => convolution(affine(p), at(p, 'x'), { stride: 2 }),
  maxPool: (p) => maxPool(at(p, 'x'), { window: [2, 2] }),
  maxPoolOverlappingSame: (p) => maxPool(at(p, 'x'), { window: [3, 3], stride: 2, padding: 'same' }),
  averagePool: (p) => averagePool(at(p, 'x'), { window: [2, 2] }),
  averagePoolOverlappingSame: (p) => averagePool(at(p, 'x'), { window: [3, 3], stride: 2, padding: 'same' }),
  globalAveragePool: (p) => globalAveragePool(at(p, 'x')),
  crossEntropyIntegerLabels: (p) =>
    softmaxCrossEntropyWithIntegerLabels(at(p, 'x').mul(7), integers([2, 0, 3], [3])),
  crossEntropySoftLabels: (p) => softmaxCrossEntropy(at(p, 'x').mul(7), soft()),
  mlp: (p) => mlp(layer(p, initMlp(random(), { sizes: [4, 5, 3] })), at(p, 'x')),
  cnn: (p) => cnn(layer(p, initCnn(random(), images)), at(p, 'x'), images),
  decoderTied: (p) => {
    const shape = { vocabulary: 5, layers: 2, width: 4, context: 5, hidden: 6 };
    return decoder(layer(p, initDecoder(random(), shape)), tokens(), { heads: 2 });
  },
  decoderUntied: (p) => {
    const shape = { vocabulary: 5, layers: 1, width: 4, context: 5, hidden: 6, tied: false };
    return decoder(layer(p, initDecoder(random(), shape)), tokens(), { heads: 2 });
  },
};

const references = readReferences();

function start({ gradients }: Reference, dtype: DType): NamedLeaves {
  const arrays = [...gradients].map(([name, [shape]], i) => [name, wave(shape, i + 1, dtype)]);
  return Object.fromEntries(arrays);
}

/** Σ f(p)·wave, whose gradient the references hold. */
const weighted = (f: (p: NamedLeaves) => np.Array, dtype: DType) => (p: NamedLeaves) => {
  const out = f(p);
  return out.mul(wave(out.shape, 9, dtype)).sum();
};

/** The largest distance, as a share of the largest number expected. */
function distance(found: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value))) / scale;
}

beforeAll(() => init('wasm'));

describe('every layer, model and loss', () => {
  it('has a stored reference, and every reference a case', () => {
    expect(Object.keys(cases).sort()).toEqual([...references.keys()].sort());
  });

  it.each([
    // Numbers beside arrays are rounded to float32 under jit (../jax-traps.test.ts).
    [DType.Float64, 3e-6],
    [DType.Float32, 2e-5],
  ])('has the reference’s values and gradients in %s', (dtype, tolerance) => {
    for (const [name, f] of Object.entries(cases)) {
      const reference = references.get(name);
      if (reference === undefined) throw new RangeError(name);
      const value = jitTree(f)(start(reference, dtype));
      expect(value.dtype, name).toBe(dtype);
      expect(distance(value.dataSync(), reference.value), name).toBeLessThan(tolerance);
      const gradients = jitTree(gradTree(weighted(f, dtype)))(start(reference, dtype));
      for (const [array, [shape, expected]] of reference.gradients) {
        const found = at(gradients, array);
        expect(found.shape, `${name} ${array}`).toEqual(shape);
        expect(distance(found.dataSync(), expected), `${name} ${array}`).toBeLessThan(tolerance);
      }
    }
  });

  it('has the gradient that finite differences measure along a direction', () => {
    for (const [name, f] of Object.entries(cases)) {
      const reference = references.get(name);
      if (reference === undefined) throw new RangeError(name);
      const loss = jitTree(weighted(f, DType.Float64));
      const moved = (by: number): number => {
        const arrays = Object.entries(start(reference, DType.Float64)).map(([array, values], i) => {
          return [array, values.ref.add(wave(values.shape, 40 + i).mul(by))];
        });
        return loss(Object.fromEntries(arrays)).dataSync()[0] ?? Number.NaN;
      };
      const h = 1e-3;
      const slope = (moved(h) - moved(-h)) / (2 * h);
      const gradients = jitTree(gradTree(weighted(f, DType.Float64)))(start(reference, DType.Float64));
      const along = Object.values(gradients).reduce((sum, gradient, i) => {
        return (
          sum +
          (gradient.ref
            .mul(wave(gradient.shape, 40 + i))
            .sum()
            .dataSync()[0] ?? Number.NaN)
        );
      }, 0);
      expect(Math.abs(slope - along) / Math.max(1, Math.abs(along)), name).toBeLessThan(1e-3);
    }
  });

  it('consumes its parameters and its input', () => {
    for (const [name, f] of Object.entries(cases)) {
      const reference = references.get(name);
      if (reference === undefined) throw new RangeError(name);
      const given = start(reference, DType.Float32);
      f(given).dispose();
      for (const leaf of tree.leaves<np.Array>(given)) expect(() => leaf.ref, name).toThrow();
    }
  });
});

import { init, numpy as np, random } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { jitTree } from '../gradients/typed-transformations.ts';
import {
  softmaxCrossEntropy,
  softmaxCrossEntropyWithIntegerLabels,
} from '../losses/softmax-cross-entropy.ts';
import { cnn, initCnn } from '../models/cnn.ts';
import { decoder, initDecoder } from '../models/decoder.ts';
import { initMlp, mlp } from '../models/mlp.ts';
import { pcg32 } from '../random/pcg32.ts';
import { attention, initAttention } from './attention.ts';
import { convolution } from './convolution.ts';
import { dropout } from './dropout.ts';
import { embedding } from './embedding.ts';
import { initLayerNorm, layerNorm } from './layer-norm.ts';
import { initLinear, linear } from './linear.ts';
import { averagePool, maxPool } from './pooling.ts';
import { initRmsNorm, rmsNorm } from './rms-norm.ts';

const numbers = (array: np.Array): number[] => [...array.dataSync()];
const drawn = (shape: number[], seed = 3): np.Array => {
  const source = pcg32(seed);
  const size = shape.reduce((product, extent) => product * extent, 1);
  return np.array(
    Float32Array.from({ length: size }, () => 2 * source.nextUnit() - 1),
    { shape },
  );
};
const tokens = (values: number[], shape: number[]) => np.array(Int32Array.from(values), { shape });

beforeAll(() => init('wasm'));

describe('a linear layer', () => {
  it('without a bias has no such parameter', () => {
    const params = initLinear(pcg32(1), { inFeatures: 2, outFeatures: 3, bias: false });
    expect(Object.keys(params)).toEqual(['weight']);
    expect(linear(params, np.ones([5, 2])).shape).toEqual([5, 3]);
  });
});

describe('an embedding', () => {
  it('is the row of a token, and zeros for a token that is none', () => {
    const weight = np.array([
      [1, 2],
      [3, 4],
    ]);
    expect(numbers(embedding({ weight }, tokens([1, 0, 2], [3])))).toEqual([3, 4, 1, 2, 0, 0]);
  });
});

describe('norms', () => {
  it('bring every vector to mean 0 and variance 1, or to a root mean square of 1, at any scale', () => {
    for (const scale of [1e-1, 1e4]) {
      const normed = numbers(layerNorm(initLayerNorm(64), drawn([1, 64]).mul(scale).add(5)));
      expect(normed.reduce((sum, x) => sum + x, 0) / 64).toBeCloseTo(0, 4);
      expect(normed.reduce((sum, x) => sum + x * x, 0) / 64).toBeCloseTo(1, 2);
      const rms = numbers(rmsNorm(initRmsNorm(64), drawn([1, 64]).mul(scale)));
      expect(rms.reduce((sum, x) => sum + x * x, 0) / 64).toBeCloseTo(1, 2);
    }
  });

  it('of a constant vector are finite', () => {
    expect(numbers(layerNorm(initLayerNorm(2), np.ones([1, 2])))).toEqual([0, 0]);
    expect(numbers(rmsNorm(initRmsNorm(2), np.zeros([1, 2])))).toEqual([0, 0]);
  });
});

describe('attention', () => {
  const params = () => initAttention(pcg32(1), { width: 8 });

  it('gives the hook weights that sum to 1, none of them on the future, and takes what the hook returns', () => {
    let seen: np.Array | undefined;
    attention(params(), drawn([2, 3, 8]), {
      heads: 2,
      onWeights: (weights) => {
        seen = weights.ref;
        return weights;
      },
    }).dispose();
    expect(seen?.shape).toEqual([2, 2, 3, 3]);
    for (const sum of numbers(seen?.ref.sum(-1) ?? np.zeros([1]))) expect(sum).toBeCloseTo(1, 5);
    expect(numbers(np.triu(seen ?? np.ones([1]), 1)).every((weight) => weight === 0)).toBe(true);
    const silenced = attention(params(), drawn([1, 3, 8]), { heads: 2, onWeights: (w) => w.mul(0) });
    const bias = numbers(params().out.bias ?? np.zeros([8]));
    expect(numbers(silenced).slice(0, 8)).toEqual(bias);
  });

  it('lets no later position change an earlier one, and without the causal mask it does', () => {
    const at = (causal: boolean, last: number) => {
      const x = np.concatenate([drawn([1, 3, 8]), np.full([1, 1, 8], last)], 1);
      return numbers(attention(params(), x, { heads: 2, causal })).slice(0, 24);
    };
    expect(at(true, 5)).toEqual(at(true, -5));
    expect(at(false, 5)).not.toEqual(at(false, -5));
  });

  it('refuses heads that do not divide the width, and arrays without a batch', () => {
    expect(() => attention(params(), drawn([1, 3, 8]), { heads: 3 })).toThrow(RangeError);
    expect(() => attention(params(), drawn([3, 8]), { heads: 2 })).toThrow(RangeError);
  });
});

describe('a convolution', () => {
  /** Straight from the definition, in float64. */
  function direct(x: number[], w: number[], size: number, stride: number, before: number, count: number) {
    const at = (i: number, j: number) =>
      i < 0 || j < 0 || i >= size || j >= size ? 0 : (x[i * size + j] ?? 0);
    return Array.from({ length: count * count }, (_, place) => {
      const [i, j] = [Math.floor(place / count) * stride - before, (place % count) * stride - before];
      return w.reduce((sum, weight, k) => sum + weight * at(i + Math.floor(k / 3), j + (k % 3)), 0);
    });
  }

  it.each([
    { size: 6, stride: 1, padding: 'valid', before: 0, count: 4 },
    { size: 6, stride: 2, padding: 'valid', before: 0, count: 2 },
    { size: 7, stride: 3, padding: 'valid', before: 0, count: 2 },
    { size: 5, stride: 1, padding: 'same', before: 1, count: 5 },
    { size: 5, stride: 2, padding: 'same', before: 1, count: 3 },
    { size: 6, stride: 2, padding: 'same', before: 0, count: 3 },
  ] as const)('of $size places by strides of $stride, $padding, is its definition', (c) => {
    const x = drawn([1, c.size, c.size, 1]);
    const weight = drawn([3, 3, 1, 1], 4);
    const expected = direct(numbers(x.ref), numbers(weight.ref), c.size, c.stride, c.before, c.count);
    const found = convolution({ weight }, x, { stride: c.stride, padding: c.padding });
    expect(found.shape).toEqual([1, c.count, c.count, 1]);
    for (const [i, value] of numbers(found).entries()) expect(value).toBeCloseTo(expected[i] ?? 0, 5);
  });

  it('refuses a window that does not fit, and a stride of half a place', () => {
    const params = () => ({ weight: drawn([3, 3, 1, 1]) });
    expect(() => convolution(params(), drawn([1, 2, 5, 1]))).toThrow(RangeError);
    expect(() => convolution(params(), drawn([1, 5, 5, 1]), { stride: 0.5 })).toThrow(RangeError);
  });
});

describe('pooling', () => {
  it('with zeros or walls around an image counts neither', () => {
    const x = () => np.full([1, 3, 3, 1], -2);
    const options = { window: [3, 3], stride: 1, padding: 'same' } as const;
    expect(numbers(maxPool(x(), options))).toEqual(Array(9).fill(-2));
    expect(numbers(averagePool(x(), options))).toEqual(Array(9).fill(-2));
  });
});

describe('dropout', () => {
  it('leaves out the share asked for and keeps the expectation; the same key leaves out the same', () => {
    const drop = jitTree((key: np.Array, x: np.Array) => dropout(key, x, 0.25));
    const of = (seed: number) => numbers(drop(random.key(seed), np.ones([100, 100])));
    const values = of(1);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(4 / 3)]));
    expect(values.reduce((sum, x) => sum + x, 0) / 1e4).toBeCloseTo(1, 1);
    expect(of(1)).toEqual(values);
    expect(of(2)).not.toEqual(values);
  });

  it('at rate 0 is the identity, and refuses rates outside [0, 1)', () => {
    expect(numbers(dropout(random.key(1), np.array([1, 2]), 0))).toEqual([1, 2]);
    for (const rate of [1, -0.1, Number.NaN]) {
      expect(() => dropout(random.key(1), np.ones([2]), rate)).toThrow(RangeError);
    }
  });
});

describe('cross-entropy', () => {
  it('is one value an example, the logarithm of the classes where nothing is known, finite where all is', () => {
    const same = softmaxCrossEntropyWithIntegerLabels(np.zeros([2, 8]), tokens([0, 7], [2]));
    for (const value of numbers(same)) expect(value).toBeCloseTo(Math.log(8), 5);
    const sure = np.array([[1e4, -1e4]]);
    expect(numbers(softmaxCrossEntropyWithIntegerLabels(sure.ref, tokens([0], [1])))[0]).toBe(0);
    expect(numbers(softmaxCrossEntropyWithIntegerLabels(sure, tokens([1], [1])))[0]).toBe(2e4);
  });

  it('of soft labels that are certain is that of integer labels', () => {
    const logits = drawn([3, 4]);
    const hard = numbers(softmaxCrossEntropyWithIntegerLabels(logits.ref, tokens([2, 0, 3], [3])));
    const certain = np.eye(4).slice(tokens([2, 0, 3], [3]));
    for (const [i, value] of numbers(softmaxCrossEntropy(logits, certain)).entries()) {
      expect(value).toBeCloseTo(hard[i] ?? 0, 5);
    }
  });
});

describe('models', () => {
  it('of linear layers show their hidden features, and take what is made of them', () => {
    const params = () => initMlp(pcg32(1), { sizes: [4, 5, 6, 3] });
    const seen: number[][] = [];
    const silenced = mlp(params(), drawn([2, 4]), {
      onHidden: (hidden, layer) => {
        seen.push([layer, ...hidden.shape]);
        return layer === 1 ? hidden.mul(0) : hidden;
      },
    });
    expect(seen).toEqual([
      [0, 2, 5],
      [1, 2, 6],
    ]);
    const bias = numbers(params().layers[2]?.bias ?? np.zeros([3]));
    expect(numbers(silenced)).toEqual([...bias, ...bias]);
    expect(() => initMlp(pcg32(1), { sizes: [4] })).toThrow(RangeError);
  });

  it('of convolutions have a head for what is left of the image, and refuse images too small', () => {
    for (const shape of [
      { image: [28, 28, 1], channels: [4, 8], classes: 10 },
      { image: [9, 7, 2], channels: [3], classes: 2, stride: 2, pool: 1, padding: 'valid' },
      { image: [8, 8, 3], channels: [], classes: 5, hidden: [6] },
    ] as const) {
      const logits = cnn(initCnn(pcg32(1), shape), drawn([2, ...shape.image]), shape);
      expect(logits.shape).toEqual([2, shape.classes]);
    }
    const small = { image: [4, 4, 1], channels: [2, 2, 2], classes: 2 } as const;
    expect(() => initCnn(pcg32(1), small)).toThrow(RangeError);
  });

  it('of language start near the uniform guess, show weights and stream by layer, and keep to their context', () => {
    const shape = { vocabulary: 11, layers: 2, width: 8, context: 4 };
    const seen: string[] = [];
    const logits = decoder(initDecoder(pcg32(1), shape), tokens([1, 2, 3, 4, 5, 6], [2, 3]), {
      heads: 2,
      attention: (layer) => ({
        onWeights: (weights) => {
          seen.push(`weights ${layer} ${weights.shape}`);
          return weights;
        },
      }),
      onResidual: (stream, layer) => {
        seen.push(`stream ${layer} ${stream.shape}`);
        return stream;
      },
    });
    expect(seen).toEqual(['weights 0 2,2,3,3', 'stream 0 2,3,8', 'weights 1 2,2,3,3', 'stream 1 2,3,8']);
    expect(logits.shape).toEqual([2, 3, 11]);
    const labels = tokens([2, 3, 4, 5, 6, 7], [2, 3]);
    const loss = numbers(softmaxCrossEntropyWithIntegerLabels(logits, labels).mean())[0];
    expect(loss).toBeCloseTo(Math.log(11), 1);
    expect(() =>
      decoder(initDecoder(pcg32(1), shape), tokens([1, 1, 1, 1, 1], [1, 5]), { heads: 2 }),
    ).toThrow(RangeError);
  });

  it('of language let no later token change what is said of an earlier one', () => {
    const shape = { vocabulary: 11, layers: 2, width: 8, context: 4, std: 0.5 };
    const said = (last: number) =>
      numbers(decoder(initDecoder(pcg32(1), shape), tokens([1, 2, 3, last], [1, 4]), { heads: 2 }));
    expect(said(4).slice(0, 33)).toEqual(said(9).slice(0, 33));
    expect(said(4).slice(33)).not.toEqual(said(9).slice(33));
  });
});

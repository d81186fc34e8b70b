// What parameters start from: one draw a number from the seeded generator, the same numbers in Node and in a browser.
// Shapes are laid out as [...window, in, out], so a linear weight is [in, out] and a convolution's [height, width, in, out].
import { numpy as np } from '@jax-js/jax';
import type { Random } from '../random/pcg32.ts';

/** New parameters of a shape, float32. */
export type Initializer = (random: Random, shape: readonly number[]) => np.Array;

/** All 0. */
export const zeros: Initializer = (_, shape) => np.zeros([...shape]);

/** All 1. */
export const ones: Initializer = (_, shape) => np.ones([...shape]);

/** N(0, std²). */
export function normal(std: number): Initializer {
  return (random, shape) => {
    const draw = standardNormal(random);
    return filled(shape, () => std * draw());
  };
}

/** N(0, std²) without what lies further than two `std` from 0, which is drawn again; the spread is then 0.88 `std`. */
export function truncatedNormal(std: number): Initializer {
  return (random, shape) => {
    const draw = standardNormal(random);
    return filled(shape, () => {
      let value = draw();
      while (Math.abs(value) > 2) value = draw();
      return std * value;
    });
  };
}

/** U(−limit, limit). */
export function uniform(limit: number): Initializer {
  return (random, shape) => filled(shape, () => limit * (2 * random.nextUnit() - 1));
}

/**
 * U(−a, a), a = √(6 / (fan in + fan out)).
 * @throws RangeError for a shape of fewer than two axes
 * @see Glorot & Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html, eq. 16
 */
export const glorotUniform: Initializer = (random, shape) => {
  const { fanIn, fanOut } = fansOf(shape);
  return uniform(Math.sqrt(6 / (fanIn + fanOut)))(random, shape);
};

/**
 * N(0, 2 / fan in), for layers before a ReLU.
 * @throws RangeError for a shape of fewer than two axes
 * @see He et al. 2015, https://arxiv.org/abs/1502.01852, eq. 10
 */
export const heNormal: Initializer = (random, shape) =>
  normal(Math.sqrt(2 / fansOf(shape).fanIn))(random, shape);

/**
 * N(0, 1 / fan in).
 * @throws RangeError for a shape of fewer than two axes
 * @see LeCun et al. 1998, Efficient BackProp, §4.6
 */
export const lecunNormal: Initializer = (random, shape) =>
  normal(Math.sqrt(1 / fansOf(shape).fanIn))(random, shape);

/**
 * U(−1/√fan in, 1/√fan in): what PyTorch gives the weights of linear layers and convolutions.
 * @throws RangeError for a shape of fewer than two axes
 * @see https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html
 */
export const uniformFanIn: Initializer = (random, shape) =>
  uniform(1 / Math.sqrt(fansOf(shape).fanIn))(random, shape);

/**
 * How many numbers go into and come out of one place of a layer whose weights have this shape.
 * @throws RangeError for a shape of fewer than two axes
 */
export function fansOf(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const [inputs, outputs] = shape.slice(-2);
  if (inputs === undefined || outputs === undefined) {
    throw new RangeError('Only the weights of a layer, with an axis in and an axis out, have a fan.');
  }
  const window = shape.slice(0, -2).reduce((product, extent) => product * extent, 1);
  return { fanIn: window * inputs, fanOut: window * outputs };
}

function filled(shape: readonly number[], draw: () => number): np.Array {
  const values = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return np.array(values, { shape: [...shape] });
}

/** Marsaglia's polar method: of the functions that engines may round differently it needs the logarithm alone. */
function standardNormal(random: Random): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * random.nextUnit() - 1;
      const y = 2 * random.nextUnit() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * scale;
        return x * scale;
      }
    }
  };
}

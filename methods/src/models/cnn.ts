// A small convolutional classifier of images: convolutions with ReLU and pooling, then linear layers.
import type { numpy as np } from '@jax-js/jax';
import { relu } from '../layers/activations.ts';
import { type ConvolutionParams, convolution, initConvolution, type Padding } from '../layers/convolution.ts';
import type { Initializer } from '../layers/initializers.ts';
import { maxPool } from '../layers/pooling.ts';
import type { Random } from '../random/pcg32.ts';
import { initMlp, type MlpOptions, type MlpParams, mlp } from './mlp.ts';

export type CnnParams = { convolutions: ConvolutionParams[]; head: MlpParams };

/** What does not change while a network is trained. */
export interface CnnShape {
  /** Height, width and channels of the images. */
  readonly image: readonly [number, number, number];
  /** Channels out of every convolution. */
  readonly channels: readonly number[];
  /** Height and width of every convolution's window; 3 when left out. */
  readonly window?: number;
  /** Of every convolution; 1 when left out. */
  readonly stride?: number;
  /** Of every convolution; `same` when left out. */
  readonly padding?: Padding;
  /** Window and stride of the largest-value pooling after every convolution; 2 when left out, 1 is none. */
  readonly pool?: number;
  /** Units of the hidden linear layers; none when left out. */
  readonly hidden?: readonly number[];
  readonly classes: number;
}

export interface CnnInit extends CnnShape {
  /** What all weights start from; `uniformFanIn` when left out. */
  readonly weight?: Initializer;
  readonly biasStart?: Initializer;
}

/** @throws RangeError when an image is smaller than a window by the time it gets there */
export function initCnn(random: Random, options: CnnInit): CnnParams {
  const { image, channels, window = 3, hidden = [], classes, weight, biasStart } = options;
  const starts = {
    ...(weight === undefined ? {} : { weight }),
    ...(biasStart === undefined ? {} : { biasStart }),
  };
  const convolutions = channels.map((outChannels, i) => {
    const inChannels = channels[i - 1] ?? image[2];
    return initConvolution(random, { inChannels, outChannels, window: [window, window], ...starts });
  });
  const sizes = [featuresOf(options), ...hidden, classes];
  return { convolutions, head: initMlp(random, { sizes, ...starts }) };
}

/**
 * @param params consumed
 * @param x floats [B, height, width, channels]; consumed
 * @param options of the linear layers after the convolutions; `onHidden` with layer −1 gets the flattened features
 * @returns logits, floats [B, classes]
 */
export function cnn(params: CnnParams, x: np.Array, shape: CnnShape, options: MlpOptions = {}): np.Array {
  const { stride = 1, padding = 'same', pool = 2 } = shape;
  const features = params.convolutions.reduce((images, layer) => {
    const out = convolution(layer, images, { stride, padding });
    // The largest of ReLUs is the ReLU of the largest, of which there are fewer.
    return relu(pool === 1 ? out : maxPool(out, { window: [pool, pool] }));
  }, x);
  const [batch = 0] = features.shape;
  const flat = features.reshape([batch, -1]);
  return mlp(params.head, options.onHidden === undefined ? flat : options.onHidden(flat, -1), options);
}

/** How many features are left of an image when it reaches the linear layers. */
function featuresOf({
  image,
  channels,
  window = 3,
  stride = 1,
  padding = 'same',
  pool = 2,
}: CnnShape): number {
  const after = (extent: number): number => {
    const places =
      padding === 'same' ? Math.ceil(extent / stride) : Math.floor((extent - window) / stride) + 1;
    return Math.floor((places - pool) / pool) + 1;
  };
  const [height, width] = channels.reduce(([h, w]) => [after(h), after(w)], [image[0], image[1]]);
  if (height < 1 || width < 1) throw new RangeError('The images are too small for so many layers.');
  return height * width * (channels.at(-1) ?? image[2]);
}

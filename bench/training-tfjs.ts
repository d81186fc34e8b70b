// The reference models in TensorFlow.js on its wasm backend, from the same weights. The backend has no gradient of a
// convolution's kernel, so the CNN's convolutions are sums of products of shifted images here as well.
import { decodeSafetensors } from '@offprint/methods';
import { openTfjsLibrary, type Tensor, type Tfjs, type Variable } from './tfjs-library.ts';
import {
  b2,
  heads,
  learningRate,
  type ModelName,
  measured,
  type TrainingSide,
  type TrainingStart,
  weightDecay,
} from './training-models.ts';

type Weights = ReadonlyMap<string, Variable>;
type Logits = (tf: Tfjs, w: (name: string) => Variable, x: Tensor) => Tensor;

const forward: Readonly<Record<ModelName, Logits>> = { mlp: mlpLogits, gpt: gptLogits, cnn: cnnLogits };

/** The side, or undefined, with a sentence printed, where the library is not installed. */
export async function openTfjs({
  model,
  weights,
  batches,
}: TrainingStart): Promise<TrainingSide | undefined> {
  const tf = await openTfjsLibrary();
  if (tf === undefined) return undefined;
  const variables: Weights = new Map(
    Object.entries(decodeSafetensors(weights).tensors).map(([name, { data, shape }]) => [
      name,
      tf.variable(tf.tensor(Float32Array.from(data, Number), [...shape])),
    ]),
  );
  const w = (name: string): Variable => {
    const variable = variables.get(name);
    if (variable === undefined) throw new RangeError(`The model has no parameter ${name}.`);
    return variable;
  };
  const optimizer = tf.train.adam(learningRate, 0.9, b2, 1e-8);
  return {
    name: 'TensorFlow.js, wasm',
    step: (i) =>
      measured(async () => {
        const batch = batches[i % batches.length];
        if (batch === undefined) throw new RangeError('There are no batches.');
        const loss = tf.tidy(() => {
          const x = tf.tensor(batch.x, [...batch.xShape]);
          const y = tf.tensor1d(batch.y, 'int32');
          const { value, grads } = tf.variableGrads(() => {
            const logits = forward[model](tf, w, x);
            const classes = logits.shape.at(-1) ?? 0;
            return tf.losses.softmaxCrossEntropy(tf.oneHot(y, classes), logits);
          });
          if (model === 'gpt') {
            for (const variable of variables.values()) {
              variable.assign(tf.mul(variable, 1 - learningRate * weightDecay));
            }
          }
          optimizer.applyGradients(grads);
          return value;
        });
        const [value] = await loss.data();
        loss.dispose();
        return value ?? Number.NaN;
      }),
    close: async () => {
      optimizer.dispose();
      for (const variable of variables.values()) variable.dispose();
    },
  };
}

function affine(tf: Tfjs, w: (name: string) => Variable, name: string, x: Tensor): Tensor {
  const weight = w(`${name}.weight`);
  const [inputs = 0, outputs = 0] = weight.shape;
  const rows = tf.add(tf.matMul(tf.reshape(x, [-1, inputs]), weight), w(`${name}.bias`));
  return tf.reshape(rows, [...x.shape.slice(0, -1), outputs]);
}

function mlpLogits(tf: Tfjs, w: (name: string) => Variable, x: Tensor): Tensor {
  const hidden = tf.relu(affine(tf, w, 'layers.1', tf.relu(affine(tf, w, 'layers.0', x))));
  return affine(tf, w, 'layers.2', hidden);
}

function cnnLogits(tf: Tfjs, w: (name: string) => Variable, x: Tensor): Tensor {
  let images = x;
  for (const i of [0, 1]) {
    const [batch = 0, height = 0, width = 0] = images.shape;
    const kernel = w(`convolutions.${i}.weight`);
    const [, , inputs = 0, outputs = 0] = kernel.shape;
    const padded = tf.pad(images, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
    let sum: Tensor = w(`convolutions.${i}.bias`);
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        const shifted = tf.slice(padded, [0, row, column, 0], [batch, height, width, inputs]);
        const part = tf.slice(kernel, [row, column, 0, 0], [1, 1, inputs, outputs]);
        const product = tf.matMul(tf.reshape(shifted, [-1, inputs]), tf.reshape(part, [inputs, outputs]));
        sum = tf.add(product, sum);
      }
    }
    const out: Tensor = tf.reshape(tf.relu(sum), [batch, height, width, outputs]);
    images = tf.maxPool(out, 2, 2, 'valid');
  }
  return affine(tf, w, 'head.layers.0', tf.reshape(images, [images.shape[0] ?? 0, -1]));
}

function norm(tf: Tfjs, w: (name: string) => Variable, name: string, x: Tensor): Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const normed = tf.div(centred, tf.sqrt(tf.add(variance, 1e-5)));
  return tf.add(tf.mul(normed, w(`${name}.scale`)), w(`${name}.bias`));
}

function gptLogits(tf: Tfjs, w: (name: string) => Variable, x: Tensor): Tensor {
  const [batch = 0, length = 0] = x.shape;
  const table = w('tokens.weight');
  const [vocabulary = 0, width = 0] = table.shape;
  const places = tf.range(0, length, 1);
  const isFuture = tf.greater(tf.expandDims(places, 0), tf.expandDims(places, 1));
  const future = tf.mul(tf.cast(isFuture, 'float32'), -1e30);
  const oneHot = tf.cast(tf.oneHot(tf.reshape(tf.cast(x, 'int32'), [-1]), vocabulary), 'float32');
  const rows = tf.reshape(tf.matMul(oneHot, table), [batch, length, width]);
  let stream = tf.add(rows, w('positions'));
  for (let i = 0; i < 4; i++) {
    const block = `blocks.${i}`;
    const normed = norm(tf, w, `${block}.attentionNorm`, stream);
    const perHead = (part: string): Tensor => {
      const projected = affine(tf, w, `${block}.attention.${part}`, normed);
      return tf.transpose(tf.reshape(projected, [batch, length, heads, width / heads]), [0, 2, 1, 3]);
    };
    const products = tf.matMul(perHead('query'), perHead('key'), false, true);
    const scores = tf.add(tf.div(products, Math.sqrt(width / heads)), future);
    const mixed = tf.transpose(tf.matMul(tf.softmax(scores), perHead('value')), [0, 2, 1, 3]);
    const joined = tf.reshape(mixed, [batch, length, width]);
    stream = tf.add(stream, affine(tf, w, `${block}.attention.out`, joined));
    const up = affine(tf, w, `${block}.feedForward.up`, norm(tf, w, `${block}.feedForwardNorm`, stream));
    const cube = tf.mul(tf.mul(up, up), tf.mul(up, 0.044715));
    const inner = tf.tanh(tf.mul(tf.add(up, cube), Math.sqrt(2 / Math.PI)));
    const active = tf.mul(tf.mul(up, 0.5), tf.add(inner, 1));
    stream = tf.add(stream, affine(tf, w, `${block}.feedForward.down`, active));
  }
  const last = tf.reshape(norm(tf, w, 'norm', stream), [-1, width]);
  return tf.matMul(last, table, false, true);
}

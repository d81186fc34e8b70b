// all-MiniLM-L6-v2 as an ONNX graph, in float32 or with eight-bit weights and activations.
// The model: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 (BERT, Devlin et al. 2019, arXiv:1810.04805)
import { OnnxGraph, type Value } from './onnx-graph.ts';
import { quantiseColumns, quantiseRows, transpose } from './quantise.ts';
import type { Weights } from './safetensors.ts';

/** The sizes of the model. */
export const miniLmShape = {
  layers: 6,
  heads: 12,
  width: 384,
  inner: 1536,
  vocabulary: 30522,
  positions: 512,
} as const;

const { layers, heads, width, inner, vocabulary, positions } = miniLmShape;

/** `float32` is the reference; `int8` is what runs. */
export type Precision = 'float32' | 'int8';

/** Magnitude of eight-bit weights; see `quantiseColumns`. */
const weightLimit = 127;

/**
 * The model as a file for onnxruntime. Inputs `ids` and `mask`, both int32 [texts, tokens], padding at the right;
 * output `vectors`, float32 [texts, 384]: the mean over the mask's tokens, of length 1.
 *
 * @param weights as `readSafetensors` gives them, by the names of the published checkpoint.
 */
export function buildMiniLm(weights: (name: string) => Weights, precision: Precision): Uint8Array {
  const graph = new OnnxGraph();
  const ids = graph.input('ids', 'int32', ['texts', 'tokens']);
  const mask = graph.input('mask', 'int32', ['texts', 'tokens']);
  const of = (name: string): Float32Array => weights(name).values;
  const vector = (name: string): Value => graph.constant(of(name), [weights(name).shape[0] ?? 0]);

  let hidden = embedding(graph, ids, of, precision);
  for (let layer = 0; layer < layers; layer += 1) {
    const name = `encoder.layer.${layer}`;
    const attended = attention(graph, hidden, mask, of, `${name}.attention.self`, precision);
    const mixed = linear(graph, attended, of(`${name}.attention.output.dense.weight`), width, precision);
    hidden = addAndNormalise(
      graph,
      mixed,
      hidden,
      vector(`${name}.attention.output.LayerNorm.weight`),
      vector(`${name}.attention.output.LayerNorm.bias`),
      vector(`${name}.attention.output.dense.bias`),
    );
    const widened = linear(graph, hidden, of(`${name}.intermediate.dense.weight`), width, precision);
    const bent = graph.node('BiasGelu', [widened, vector(`${name}.intermediate.dense.bias`)], microsoft);
    const narrowed = linear(graph, bent, of(`${name}.output.dense.weight`), inner, precision);
    hidden = addAndNormalise(
      graph,
      narrowed,
      hidden,
      vector(`${name}.output.LayerNorm.weight`),
      vector(`${name}.output.LayerNorm.bias`),
      vector(`${name}.output.dense.bias`),
    );
  }
  graph.output('vectors', meanOfLengthOne(graph, hidden, mask), ['texts', width]);
  return graph.finish();
}

const microsoft = { domain: 'com.microsoft' } as const;
const epsilon = { float: 1e-12 } as const;

function embedding(
  graph: OnnxGraph,
  ids: Value,
  of: (name: string) => Float32Array,
  precision: Precision,
): Value {
  const words = of('embeddings.word_embeddings.weight');
  // Every text is of the first type, so its vector can be part of every position's.
  const firstType = of('embeddings.token_type_embeddings.weight').subarray(0, width);
  const places = of('embeddings.position_embeddings.weight').map(
    (value, i) => value + (firstType[i % width] ?? 0),
  );
  const rows = precision === 'float32' ? floatRows(graph, ids, words) : byteRows(graph, ids, words);
  const tokens = graph.node('Slice', [
    graph.node('Shape', [ids]),
    graph.constant(BigInt64Array.of(1n), [1]),
    graph.constant(BigInt64Array.of(2n), [1]),
  ]);
  const place = graph.node('Slice', [
    graph.constant(places, [positions, width]),
    graph.constant(BigInt64Array.of(0n), [1]),
    tokens,
    graph.constant(BigInt64Array.of(0n), [1]),
  ]);
  return graph.node(
    'LayerNormalization',
    [
      graph.node('Add', [rows, place]),
      graph.constant(of('embeddings.LayerNorm.weight'), [width]),
      graph.constant(of('embeddings.LayerNorm.bias'), [width]),
    ],
    { attributes: { epsilon } },
  );
}

function floatRows(graph: OnnxGraph, ids: Value, words: Float32Array): Value {
  return graph.node('Gather', [graph.constant(words, [vocabulary, width]), ids]);
}

function byteRows(graph: OnnxGraph, ids: Value, words: Float32Array): Value {
  const { values, scales } = quantiseRows(words, width);
  const bytes = graph.node('Gather', [graph.constant(values, [vocabulary, width]), ids]);
  const scale = graph.node('Gather', [graph.constant(scales, [vocabulary, 1]), ids]);
  return graph.node('Mul', [graph.node('Cast', [bytes], { attributes: { to: { int: 1 } } }), scale]);
}

/** Softmax(QKᵀ/√d)V over all heads, without the output projection. */
function attention(
  graph: OnnxGraph,
  hidden: Value,
  mask: Value,
  of: (name: string) => Float32Array,
  name: string,
  precision: Precision,
): Value {
  const parts = ['query', 'key', 'value'];
  // Stored [out, in]; stacked and turned they are one matrix [in, 3 × out].
  const stacked = concatenate(parts.map((part) => of(`${name}.${part}.weight`)));
  const matrix = transpose(stacked, 3 * width, width);
  const bias = graph.constant(concatenate(parts.map((part) => of(`${name}.${part}.bias`))), [3 * width]);
  const options = { ...microsoft, attributes: { num_heads: { int: heads } } };
  if (precision === 'float32')
    return graph.node('Attention', [hidden, graph.constant(matrix, [width, 3 * width]), bias, mask], options);
  const { values, scales } = quantiseColumns(matrix, 3 * width, weightLimit);
  const [bytes = '', scale = '', zero = ''] = graph.nodes('DynamicQuantizeLinear', [hidden], { outputs: 3 });
  return graph.node(
    'QAttention',
    [
      bytes,
      graph.constant(values, [width, 3 * width]),
      bias,
      scale,
      graph.constant(scales, [3 * width]),
      mask,
      zero,
      graph.constant(new Int8Array(3 * width), [3 * width]),
    ],
    options,
  );
}

/** `x Wᵀ` for a weight stored as [out, in]. */
function linear(
  graph: OnnxGraph,
  x: Value,
  weight: Float32Array,
  inputs: number,
  precision: Precision,
): Value {
  const outputs = weight.length / inputs;
  const matrix = transpose(weight, outputs, inputs);
  if (precision === 'float32') return graph.node('MatMul', [x, graph.constant(matrix, [inputs, outputs])]);
  const { values, scales } = quantiseColumns(matrix, outputs, weightLimit);
  return graph.node(
    'DynamicQuantizeMatMul',
    [x, graph.constant(values, [inputs, outputs]), graph.constant(scales, [outputs])],
    microsoft,
  );
}

function addAndNormalise(
  graph: OnnxGraph,
  x: Value,
  skip: Value,
  gamma: Value,
  beta: Value,
  bias: Value,
): Value {
  return graph.node('SkipLayerNormalization', [x, skip, gamma, beta, bias], {
    ...microsoft,
    attributes: { epsilon },
  });
}

/** The sum over the tokens of the mask, scaled to length 1: the mean has the same direction. */
function meanOfLengthOne(graph: OnnxGraph, hidden: Value, mask: Value): Value {
  const axis = graph.constant(BigInt64Array.of(1n), [1]);
  const row = graph.node('Unsqueeze', [graph.node('Cast', [mask], { attributes: { to: { int: 1 } } }), axis]);
  const sum = graph.node('Squeeze', [graph.node('MatMul', [row, hidden]), axis]);
  return graph.node('LpNormalization', [sum], { attributes: { axis: { int: 1 }, p: { int: 2 } } });
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

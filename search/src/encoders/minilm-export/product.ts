// The product of activations and a weight matrix, in float32 or in eight bits with a scale of its own for every token.
import type { OnnxGraph, Value } from './onnx-graph.ts';
import { quantiseColumns } from './quantise.ts';

/** `float32` is the reference; `int8` is what runs. */
export type Precision = 'float32' | 'int8';

/** Where activations lie around zero; what GELU gives is never far below. */
export type Spread = 'both-sides' | 'mostly-positive';

/**
 * The largest magnitude of a weight. 63, not 127: two products of an unsigned and a signed byte then stay within
 * 16 bits, so that processors without VNNI, which saturate there, compute the same vectors.
 */
const weightLimit = 63;

/** Which byte stands for zero: what is below it is for negative values. Beyond −48/207 of the largest they are cut. */
const zeroOf: Record<Spread, number> = { 'both-sides': 128, 'mostly-positive': 48 };

/**
 * `x W`, by token. In eight bits every token is first divided by its largest value, so that one scale fits all:
 * a token with huge values (BERT has them) costs the others nothing, and a text's vector does not depend on the
 * texts it is computed with, as it does where the scale is found for the whole batch.
 *
 * @param matrix [in, out], row-major.
 */
export function productOf(
  graph: OnnxGraph,
  x: Value,
  matrix: Float32Array,
  outputs: number,
  precision: Precision,
  spread: Spread,
): Value {
  const shape = [matrix.length / outputs, outputs];
  if (precision === 'float32') return graph.node('MatMul', [x, graph.constant(matrix, shape)]);
  const { values, scales } = quantiseColumns(matrix, outputs, weightLimit);
  const zero = graph.constant(Uint8Array.of(zeroOf[spread]), []);
  const scale = graph.constant(Float32Array.of(1 / (255 - zeroOf[spread])), []);
  const largest = graph.node('Max', [
    graph.node('ReduceMax', [spread === 'both-sides' ? graph.node('Abs', [x]) : x], {
      attributes: { axes: { ints: [2] } },
    }),
    graph.constant(Float32Array.of(1e-6), []),
  ]);
  const bytes = graph.node('QuantizeLinear', [graph.node('Div', [x, largest]), scale, zero]);
  const product = graph.node(
    'MatMulIntegerToFloat',
    [bytes, graph.constant(values, shape), scale, graph.constant(scales, [outputs]), zero],
    { domain: 'com.microsoft' },
  );
  return graph.node('Mul', [product, largest]);
}

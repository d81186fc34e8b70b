// Builds an ONNX model in memory: nodes, constants, inputs and outputs.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { ProtobufWriter } from './protobuf.ts';

/** The name by which nodes refer to each other's results. */
export type Value = string;

type ElementType = 'float32' | 'uint8' | 'int8' | 'int32' | 'int64';
const elementTypes: Record<ElementType, number> = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7 };

type Constant = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;
type Attribute = { readonly int: number } | { readonly float: number };

export interface NodeOptions {
  /** Operators outside the standard: `com.microsoft`. */
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** How many results the operator has; 1 unless given. */
  readonly outputs?: number;
}

/** An ONNX graph being built. Inputs that an operator leaves out are written as empty names. */
export class OnnxGraph {
  readonly #graph = new ProtobufWriter();
  #count = 0;

  input(name: string, type: ElementType, shape: readonly (string | number)[]): Value {
    this.#graph.message(11, valueInfo(name, type, shape));
    return name;
  }

  output(name: string, value: Value, shape: readonly (string | number)[]): void {
    this.#graph.message(
      1,
      new ProtobufWriter().text(1, value).text(2, name).text(3, `give ${name}`).text(4, 'Identity'),
    );
    this.#graph.message(12, valueInfo(name, 'float32', shape));
  }

  /** A constant; `shape` [] is a scalar. */
  constant(values: Constant, shape: readonly number[]): Value {
    const name = this.#nextName('constant');
    const tensor = new ProtobufWriter();
    for (const size of shape) tensor.integer(1, size);
    tensor
      .integer(2, elementTypes[elementTypeOf(values)])
      .text(8, name)
      .bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    this.#graph.message(5, tensor);
    return name;
  }

  /** Adds an operator and returns its only result. */
  node(operator: string, inputs: readonly Value[], options: NodeOptions = {}): Value {
    const [result = ''] = this.nodes(operator, inputs, { ...options, outputs: 1 });
    return result;
  }

  /** Adds an operator and returns its results. */
  nodes(operator: string, inputs: readonly Value[], options: NodeOptions): Value[] {
    const name = this.#nextName(operator);
    const node = new ProtobufWriter();
    for (const input of inputs) node.text(1, input);
    const results = Array.from({ length: options.outputs ?? 1 }, (_, i) => `${name}:${i}`);
    for (const result of results) node.text(2, result);
    node.text(3, name).text(4, operator);
    for (const [key, attribute] of Object.entries(options.attributes ?? {}))
      node.message(5, attributeMessage(key, attribute));
    if (options.domain !== undefined) node.text(7, options.domain);
    this.#graph.message(1, node);
    return results;
  }

  /** The bytes of the model: opset 17 and Microsoft's operators, which every onnxruntime has. */
  finish(): Uint8Array {
    this.#graph.text(2, 'encoder');
    return new ProtobufWriter()
      .integer(1, 8)
      .text(2, 'offprint')
      .message(7, this.#graph)
      .message(8, new ProtobufWriter().text(1, '').integer(2, 17))
      .message(8, new ProtobufWriter().text(1, 'com.microsoft').integer(2, 1))
      .finish();
  }

  #nextName(of: string): string {
    this.#count += 1;
    return `${of} ${this.#count}`;
  }
}

function elementTypeOf(values: Constant): ElementType {
  if (values instanceof Float32Array) return 'float32';
  if (values instanceof Uint8Array) return 'uint8';
  if (values instanceof Int8Array) return 'int8';
  return values instanceof Int32Array ? 'int32' : 'int64';
}

function attributeMessage(name: string, attribute: Attribute): ProtobufWriter {
  const message = new ProtobufWriter().text(1, name);
  return 'int' in attribute
    ? message.integer(3, attribute.int).integer(20, 2)
    : message.float(2, attribute.float).integer(20, 1);
}

function valueInfo(name: string, type: ElementType, shape: readonly (string | number)[]): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  for (const size of shape)
    dimensions.message(
      1,
      typeof size === 'number' ? new ProtobufWriter().integer(1, size) : new ProtobufWriter().text(2, size),
    );
  const tensor = new ProtobufWriter().integer(1, elementTypes[type]).message(2, dimensions);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
}

// The part of TensorFlow.js that the training benchmark calls, as types of our own: it is installed only for a benchmark,
// and what is not installed must not keep the house from being checked.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Tensor {
  readonly shape: number[];
  data(): Promise<Float32Array>;
  dispose(): void;
}

export interface Variable extends Tensor {
  assign(value: Tensor): void;
}

type Unary = (x: Tensor) => Tensor;
type Binary = (a: Tensor, b: Tensor | number) => Tensor;

export interface Tfjs {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tidy<T>(body: () => T): T;
  tensor(data: Float32Array | Int32Array, shape: number[]): Tensor;
  tensor1d(data: Int32Array, type: 'int32'): Tensor;
  variable(start: Tensor): Variable;
  variableGrads(loss: () => Tensor): { value: Tensor; grads: Readonly<Record<string, Tensor>> };
  readonly train: {
    adam(
      learningRate: number,
      beta1: number,
      beta2: number,
      epsilon: number,
    ): { applyGradients(gradients: Readonly<Record<string, Tensor>>): void; dispose(): void };
  };
  readonly losses: { softmaxCrossEntropy(labels: Tensor, logits: Tensor): Tensor };
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly greater: Binary;
  readonly relu: Unary;
  readonly sqrt: Unary;
  readonly square: Unary;
  readonly tanh: Unary;
  readonly softmax: Unary;
  cast(x: Tensor, type: 'float32' | 'int32'): Tensor;
  expandDims(x: Tensor, axis: number): Tensor;
  matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  maxPool(x: Tensor, window: number, stride: number, padding: 'valid'): Tensor;
  mean(x: Tensor, axis: number, keepDims: boolean): Tensor;
  oneHot(labels: Tensor, classes: number): Tensor;
  pad(x: Tensor, around: [number, number][]): Tensor;
  range(from: number, to: number, step: number): Tensor;
  reshape(x: Tensor, shape: number[]): Tensor;
  slice(x: Tensor, begin: number[], size: number[]): Tensor;
  transpose(x: Tensor, order: number[]): Tensor;
}

/** The library on its wasm backend, or undefined, with a sentence printed, where it is not installed. */
export async function openTfjsLibrary(): Promise<Tfjs | undefined> {
  try {
    const tf: Tfjs = await import(named('@tensorflow/tfjs'));
    const backend = named('@tensorflow/tfjs-backend-wasm');
    const wasm: { setWasmPaths(folder: string): void } = await import(backend);
    wasm.setWasmPaths(`${dirname(fileURLToPath(import.meta.resolve(backend)))}/`);
    await tf.setBackend('wasm');
    await tf.ready();
    return tf;
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isAbsent) throw error;
    process.stdout.write('TensorFlow.js is left out: run `npm ci --prefix bench` to measure it too.\n');
    return undefined;
  }
}

/** A name that the compiler does not look up. */
function named(name: string): string {
  return name;
}

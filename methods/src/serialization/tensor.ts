// A tensor as a file holds it: a kind of number, a shape and the numbers, with no array library in sight.

/** The kinds of number by the format's names, each with the array that holds them. */
export interface ArrayOfDtype<B extends ArrayBufferLike = ArrayBuffer> {
  readonly F64: Float64Array<B>;
  readonly F32: Float32Array<B>;
  readonly F16: Float16Array<B>;
  readonly I64: BigInt64Array<B>;
  readonly I32: Int32Array<B>;
  readonly I16: Int16Array<B>;
  readonly I8: Int8Array<B>;
  readonly U64: BigUint64Array<B>;
  readonly U32: Uint32Array<B>;
  readonly U16: Uint16Array<B>;
  readonly U8: Uint8Array<B>;
  /** One byte each, 0 or 1. */
  readonly BOOL: Uint8Array<B>;
}

export type Dtype = keyof ArrayOfDtype;

/** Numbers in row-major order; the product of `shape` is their count, and `[]` is the shape of one number. */
export type Tensor<B extends ArrayBufferLike = ArrayBuffer> = {
  readonly [D in Dtype]: {
    readonly dtype: D;
    readonly shape: readonly number[];
    readonly data: ArrayOfDtype<B>[D];
  };
}[Dtype];

/** Bytes of one number, which is also where in a file its tensor may begin. */
export const bytesOfDtype: Readonly<Record<Dtype, number>> = {
  F64: 8,
  I64: 8,
  U64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  I16: 2,
  U16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** Whether a file's name for a kind of number is one of these. */
export function isDtype(name: unknown): name is Dtype {
  return typeof name === 'string' && Object.hasOwn(bytesOfDtype, name);
}

/** How many numbers a shape holds; not a safe integer when the shape is absurd. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/**
 * The tensor in a piece of memory of its own.
 * @param bytes begins with the tensor, exactly as long as it is, not shared with anything
 */
export function tensorOfBytes(dtype: Dtype, shape: readonly number[], bytes: ArrayBuffer): Tensor {
  switch (dtype) {
    case 'F64':
      return { dtype, shape, data: new Float64Array(bytes) };
    case 'F32':
      return { dtype, shape, data: new Float32Array(bytes) };
    case 'F16':
      return { dtype, shape, data: new Float16Array(bytes) };
    case 'I64':
      return { dtype, shape, data: new BigInt64Array(bytes) };
    case 'I32':
      return { dtype, shape, data: new Int32Array(bytes) };
    case 'I16':
      return { dtype, shape, data: new Int16Array(bytes) };
    case 'I8':
      return { dtype, shape, data: new Int8Array(bytes) };
    case 'U64':
      return { dtype, shape, data: new BigUint64Array(bytes) };
    case 'U32':
      return { dtype, shape, data: new Uint32Array(bytes) };
    case 'U16':
      return { dtype, shape, data: new Uint16Array(bytes) };
    case 'U8':
    case 'BOOL':
      return { dtype, shape, data: new Uint8Array(bytes) };
  }
}

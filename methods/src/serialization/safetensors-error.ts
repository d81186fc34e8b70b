// What is wrong with a safetensors file, as a type of its own so that callers can tell damage from a mistake of theirs.

export type SafetensorsErrorCode =
  /** Fewer bytes than the file itself says it has. */
  | 'truncated'
  /** The length of the header is not one that a file of this kind has. */
  | 'header-length'
  /** The header is not the JSON that the format asks for. */
  | 'header'
  /** Two tensors, or two fields of one, go by the same name. */
  | 'duplicate'
  /** A kind of number that cannot be read here. */
  | 'dtype'
  /** A tensor's bytes are not as many as its shape and its kind of number need. */
  | 'size'
  /** Tensors overlap, leave a hole between them, or lie outside the file. */
  | 'offsets'
  /** What was read is whole, but not what was asked for. */
  | 'mismatch';

/** A file refused, with the tensor at fault where it is one. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
  readonly code: SafetensorsErrorCode;
  readonly tensor: string | undefined;

  constructor(code: SafetensorsErrorCode, message: string, tensor?: string) {
    super(message);
    this.code = code;
    this.tensor = tensor;
  }
}

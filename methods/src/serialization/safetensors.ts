// Named tensors in one file: 8 bytes with the length of a JSON header, the header, then the numbers themselves.
// https://github.com/huggingface/safetensors#format
import { SafetensorsError } from './safetensors-error.ts';
import { metadataKey, readHeader } from './safetensors-header.ts';
import { bytesOfDtype, elementsOf, type Tensor, tensorOfBytes } from './tensor.ts';

/** Named tensors, with whatever the writer noted beside them. */
export interface Safetensors {
  /** Without a prototype: a name that no tensor has is undefined. */
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const lengthBytes = 8;
/** The reference implementation reads no longer header. */
const maxHeaderBytes = 100_000_000;

/**
 * The same tensors give the same bytes, whatever the order of their names: wide numbers come first, so that every
 * tensor lies at a multiple of its number's size, and within one size they come by name.
 * @param metadata notes that are kept beside the tensors
 * @throws SafetensorsError when a tensor's data do not fit its shape or its name is the one of the metadata
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor<ArrayBufferLike>>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const ordered = Object.entries(tensors).toSorted(
    ([a, { dtype: first }], [b, { dtype: second }]) =>
      bytesOfDtype[second] - bytesOfDtype[first] || (a < b ? -1 : 1),
  );
  const entries: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) entries.push([metadataKey, metadata]);
  let end = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    if (name === metadataKey) {
      throw new SafetensorsError('header', `No tensor may be called "${metadataKey}".`, name);
    }
    const whole = shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0);
    if (!whole || elementsOf(shape) !== data.length) {
      throw new SafetensorsError('size', `Tensor "${name}" has another size than its shape says.`, name);
    }
    const begin = end;
    end += data.byteLength;
    entries.push([name, { dtype, shape, data_offsets: [begin, end] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerBytes = Math.ceil(json.length / lengthBytes) * lengthBytes;
  const file = new Uint8Array(lengthBytes + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, lengthBytes, lengthBytes + headerBytes);
  file.set(json, lengthBytes);
  let place = lengthBytes + headerBytes;
  for (const [, { data }] of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), place);
    place += data.byteLength;
  }
  return file;
}

/**
 * Every tensor of a file, each in memory of its own.
 * @throws SafetensorsError when the file is cut off, damaged or not of this format; nothing is read from such a file
 */
export function decodeSafetensors(file: Uint8Array): Safetensors {
  if (file.length < lengthBytes) {
    throw new SafetensorsError('truncated', 'The file is shorter than the length of its header.');
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  if (headerBytes > maxHeaderBytes) {
    throw new SafetensorsError('header-length', 'The header is too long: this is no safetensors file.');
  }
  const dataStart = lengthBytes + Number(headerBytes);
  if (dataStart > file.length) throw new SafetensorsError('truncated', 'The file ends inside its header.');
  const { places, metadata } = readHeader(file.subarray(lengthBytes, dataStart), file.length - dataStart);
  const tensors: Record<string, Tensor> = Object.create(null);
  for (const { name, dtype, shape, begin, end } of places) {
    const bytes = new Uint8Array(end - begin);
    bytes.set(file.subarray(dataStart + begin, dataStart + end));
    tensors[name] = tensorOfBytes(dtype, shape, bytes.buffer);
  }
  return { tensors, metadata };
}

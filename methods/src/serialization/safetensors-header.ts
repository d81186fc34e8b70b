// The header of a safetensors file: read with every promise of the format checked before a byte of data is touched.
// https://github.com/huggingface/safetensors#format
import { duplicateKey } from './duplicate-key.ts';
import { SafetensorsError } from './safetensors-error.ts';
import { bytesOfDtype, type Dtype, elementsOf, isDtype } from './tensor.ts';

/** Where a tensor lies, in bytes from the end of the header. */
export interface TensorPlace {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly places: readonly TensorPlace[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The key that holds a file's notes instead of a tensor. */
export const metadataKey = '__metadata__';

/**
 * @param bytes the header alone, without the length before it
 * @param dataBytes how many bytes follow it
 * @throws SafetensorsError unless it is JSON of the format's shape whose tensors fill the bytes that follow exactly
 */
export function readHeader(bytes: Uint8Array, dataBytes: number): SafetensorsHeader {
  const header = parseObject(bytes);
  const metadata = metadataOf(header[metadataKey]);
  const places = Object.entries(header)
    .filter(([name]) => name !== metadataKey)
    .map(([name, entry]) => placeOf(name, entry));
  let filled = 0;
  for (const { name, begin, end } of places.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (end > dataBytes) {
      throw new SafetensorsError('truncated', `Tensor "${name}" ends beyond the end of the file.`, name);
    }
    if (begin !== filled) {
      const fault = begin < filled ? 'overlaps another' : 'leaves a hole before it';
      throw new SafetensorsError('offsets', `Tensor "${name}" ${fault}.`, name);
    }
    filled = end;
  }
  if (filled !== dataBytes) {
    throw new SafetensorsError('offsets', 'There are bytes after the last tensor that belong to none.');
  }
  return { places, metadata };
}

function parseObject(bytes: Uint8Array): Record<string, unknown> {
  let parsed: unknown;
  let json = '';
  try {
    json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    parsed = JSON.parse(json);
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof TypeError)) throw cause;
    throw new SafetensorsError('header', 'The header is not JSON in UTF-8.');
  }
  if (!isObject(parsed)) throw new SafetensorsError('header', 'The header is not a JSON object.');
  const twice = duplicateKey(json);
  if (twice !== undefined) {
    throw new SafetensorsError('duplicate', `The header names "${twice}" twice.`, twice);
  }
  return parsed;
}

function metadataOf(given: unknown): Record<string, string> {
  if (given === undefined) return {};
  const entries = isObject(given) ? Object.entries(given) : undefined;
  if (entries === undefined) throw new SafetensorsError('header', 'The metadata are not a JSON object.');
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (typeof value !== 'string') {
        throw new SafetensorsError('header', `The metadata hold something other than text at "${key}".`);
      }
      return [key, value];
    }),
  );
}

function placeOf(name: string, entry: unknown): TensorPlace {
  if (!isObject(entry)) throw new SafetensorsError('header', `Tensor "${name}" is not described.`, name);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isDtype(dtype)) {
    throw new SafetensorsError('dtype', `Tensor "${name}" holds numbers of an unknown kind.`, name);
  }
  if (!isCounts(shape)) throw new SafetensorsError('header', `Tensor "${name}" has no shape.`, name);
  const [begin, end, ...more] = isCounts(offsets) ? offsets : [];
  if (begin === undefined || end === undefined || more.length > 0 || begin > end) {
    throw new SafetensorsError('offsets', `Tensor "${name}" has no place in the file.`, name);
  }
  if (elementsOf(shape) * bytesOfDtype[dtype] !== end - begin) {
    throw new SafetensorsError('size', `Tensor "${name}" has another size than its shape says.`, name);
  }
  return { name, dtype, shape, begin, end };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

// The layout of a file of vectors: a header that says whose they are, then rows of key, numbers and checksum.
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { SearchError } from '../errors.ts';
import { keyBytes } from './content-key.ts';

/** Whose vectors these are. */
export interface EncoderIdentity {
  readonly name: string;
  readonly fingerprint: string;
  readonly dimensions: number;
}

/** Magic, checksum, then JSON padded with spaces. */
export const headerBytes = 512;
const magic = 'OFFPRINT-VECTORS';
const formatVersion = 1;

const headerSchema = z.object({
  version: z.int(),
  name: z.string(),
  fingerprint: z.string(),
  dimensions: z.int().positive(),
});

/** Size of a row: key, numbers, checksum of both. */
export function rowBytes(dimensions: number): number {
  return keyBytes + dimensions * 4 + 4;
}

export function writeHeader({ name, fingerprint, dimensions }: EncoderIdentity): Uint8Array {
  const json = JSON.stringify({ version: formatVersion, name, fingerprint, dimensions });
  const header = Buffer.alloc(headerBytes, ' ');
  header.write(magic, 'latin1');
  if (header.write(json, magic.length + 4) < Buffer.byteLength(json))
    throw new SearchError('bad-input', 'The name of the encoder is too long; shorten it.', { field: 'name' });
  header.writeUInt32LE(crc32(header.subarray(magic.length + 4)), magic.length);
  return header;
}

/**
 * @throws SearchError `damaged-file` for what is no such header, `foreign-file` for a sound one of another format or
 *   encoder.
 */
export function checkHeader(bytes: Uint8Array, expected: EncoderIdentity, file: string): void {
  const header = Buffer.from(bytes);
  if (
    header.length < headerBytes ||
    header.toString('latin1', 0, magic.length) !== magic ||
    header.readUInt32LE(magic.length) !== crc32(header.subarray(magic.length + 4))
  )
    throw new SearchError(
      'damaged-file',
      `${file} is not a sound file of vectors; delete it and they are computed anew.`,
    );
  const { version, name, fingerprint, dimensions } = headerSchema.parse(
    JSON.parse(header.toString('utf8', magic.length + 4)),
  );
  if (
    version !== formatVersion ||
    fingerprint !== expected.fingerprint ||
    name !== expected.name ||
    dimensions !== expected.dimensions
  )
    throw new SearchError(
      'foreign-file',
      `${file} has vectors of the encoder ${name} (${fingerprint}), not of ${expected.name} (${expected.fingerprint}); move it away.`,
    );
}

/** Writes a row at an offset. */
export function writeRow(into: Buffer, offset: number, key: Uint8Array, vector: Float32Array): void {
  into.set(key, offset);
  into.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), offset + keyBytes);
  const end = offset + keyBytes + vector.byteLength;
  into.writeUInt32LE(crc32(into.subarray(offset, end)), end);
}

/** A sound row's key and numbers, or undefined when its checksum says that it is not what was written. */
export function readRow(
  bytes: Buffer,
  offset: number,
  dimensions: number,
): { readonly key: Uint8Array; readonly vector: Float32Array } | undefined {
  const end = offset + keyBytes + dimensions * 4;
  if (crc32(bytes.subarray(offset, end)) !== bytes.readUInt32LE(end)) return undefined;
  const vector = new Float32Array(dimensions);
  new Uint8Array(vector.buffer).set(bytes.subarray(offset + keyBytes, end));
  return { key: bytes.subarray(offset, offset + keyBytes), vector };
}

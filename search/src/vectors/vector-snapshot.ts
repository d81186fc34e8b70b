// Which ordinal has which vector of the store, on disk: with it an index is filled in one reading of the store.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { SearchError } from '../errors.ts';
import type { EncoderIdentity } from './vector-file.ts';
import { VectorIndex, type VectorIndexOptions } from './vector-index.ts';
import type { VectorStore } from './vector-store.ts';
import { type FileVectorStore, openVectorStore } from './vector-store-file.ts';

/** What an ordinal's vector was, by its position in the store. */
export interface VectorPlace {
  readonly ordinal: number;
  readonly position: number;
}

const magic = 'OFFPRINT-VECTOR-MAP\n';
const formatVersion = 1;
/** After the magic: checksum of what follows, length of the JSON, number of places. */
const headBytes = magic.length + 12;

const headerSchema = z.object({ version: z.int(), generation: z.string(), encoder: z.string() });

/**
 * Writes where the index's vectors stand, whole or not at all. Flush the store before.
 *
 * @param generation whatever names the index of words whose ordinals these are: another one's are refused.
 */
export async function saveVectorSnapshot(
  index: VectorIndex,
  file: string,
  encoder: EncoderIdentity,
  generation: string,
): Promise<void> {
  const header = { version: formatVersion, generation, encoder: encoder.fingerprint };
  const json = Buffer.from(JSON.stringify(header));
  const bytes = Buffer.alloc(headBytes + json.length + index.size * 8);
  bytes.write(magic, 'latin1');
  bytes.writeUInt32LE(json.length, magic.length + 4);
  json.copy(bytes, headBytes);
  let at = headBytes + json.length;
  let places = 0;
  for (const { ordinal, position } of index.entries()) {
    if (position < 0) continue;
    bytes.writeUInt32LE(ordinal, at);
    bytes.writeUInt32LE(position, at + 4);
    at += 8;
    places += 1;
  }
  bytes.writeUInt32LE(places, magic.length + 8);
  const whole = bytes.subarray(0, at);
  whole.writeUInt32LE(crc32(whole.subarray(magic.length + 4)), magic.length);
  await writeFile(`${file}.new`, whole, { flush: true });
  await rename(`${file}.new`, file);
}

/**
 * Reads what `saveVectorSnapshot` wrote.
 *
 * @throws SearchError `unavailable` without a file, `damaged-file` for one that is not whole, `foreign-file` for one of
 *   another generation, encoder or format. In each case the engine fills the index anew out of the store.
 */
export async function readVectorSnapshot(
  file: string,
  encoder: EncoderIdentity,
  generation: string,
): Promise<VectorPlace[]> {
  const bytes = await readBytes(file);
  if (
    bytes.length < headBytes ||
    bytes.toString('latin1', 0, magic.length) !== magic ||
    bytes.readUInt32LE(magic.length) !== crc32(bytes.subarray(magic.length + 4))
  )
    throw new SearchError('damaged-file', `${file} is not whole; it is made anew from the papers.`);
  const start = headBytes + bytes.readUInt32LE(magic.length + 4);
  const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', headBytes, start)));
  if (
    header.version !== formatVersion ||
    header.generation !== generation ||
    header.encoder !== encoder.fingerprint
  )
    throw new SearchError(
      'foreign-file',
      `${file} belongs to another index; it is made anew from the papers.`,
    );
  return Array.from({ length: bytes.readUInt32LE(magic.length + 8) }, (_, i) => ({
    ordinal: bytes.readUInt32LE(start + i * 8),
    position: bytes.readUInt32LE(start + i * 8 + 4),
  }));
}

/**
 * Opens an encoder's store and an index over it in one reading.
 *
 * @param places what `readVectorSnapshot` gave, or nothing for an empty index. A place whose row was dropped or never
 *   reached the disk is left out: `VectorIndex.has` tells.
 */
export async function openVectorIndex(
  folder: string,
  encoder: EncoderIdentity,
  places: readonly VectorPlace[] = [],
  options: Omit<VectorIndexOptions, 'dimensions' | 'exact'> & { readonly readOnly?: boolean } = {},
): Promise<{ readonly store: FileVectorStore; readonly index: VectorIndex }> {
  let opened: VectorStore | undefined;
  const exact = { read: (position: number) => opened?.read(position) };
  const index = new VectorIndex({ ...options, dimensions: encoder.dimensions, exact });
  const inOrder = places.toSorted((a, b) => a.position - b.position);
  let next = 0;
  const fill = (position: number, vector: Float32Array): void => {
    for (; next < inOrder.length; next += 1) {
      const place = inOrder[next];
      if (place === undefined || place.position > position) break;
      if (place.position === position) index.set(place.ordinal, vector, position);
    }
  };
  const store = await openVectorStore(folder, encoder, fill, { readOnly: options.readOnly === true });
  opened = store;
  return { store, index };
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new SearchError('unavailable', `${file} cannot be read; it is made anew from the papers.`, {
      cause,
    });
  }
}

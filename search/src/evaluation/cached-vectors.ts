// Vectors of texts, kept in a folder so that an evaluation encodes a collection once and goes on where it was stopped.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Encoder } from '../encoders/encoder.ts';
import { SearchError } from '../errors.ts';
import type { Progress } from './system.ts';

/** Texts a file: what is lost at most when the work is stopped. */
const chunkSize = 256;
const digestBytes = 32;

/**
 * The vectors of texts, row by row, read from `cacheFolder` where they are there and sound, encoded and kept otherwise.
 * A file is named by the encoder's fingerprint and its texts, so that vectors of another encoder are never met.
 * @param cacheFolder made when missing; undefined keeps nothing
 * @throws SearchError `bad-input` when the encoder does not keep its contract; whatever the encoder or the disk throws
 */
export async function cachedVectors(
  encoder: Encoder,
  texts: readonly string[],
  cacheFolder: string | undefined,
  progress: Progress,
): Promise<Float32Array> {
  const { dimensions } = encoder;
  const vectors = new Float32Array(texts.length * dimensions);
  if (cacheFolder !== undefined) await mkdir(cacheFolder, { recursive: true });
  for (let start = 0; start < texts.length; start += chunkSize) {
    const chunk = texts.slice(start, start + chunkSize);
    const path = cacheFolder === undefined ? undefined : join(cacheFolder, fileName(encoder, chunk));
    const kept = path === undefined ? undefined : await readVectors(path, chunk.length * dimensions);
    const rows = kept ?? (await encoder.encode(chunk));
    if (rows.length !== chunk.length * dimensions || !rows.every(Number.isFinite)) {
      throw new SearchError('bad-input', `The encoder ${encoder.name} gave no sound vector for every text.`);
    }
    if (path !== undefined && kept === undefined) await writeVectors(path, rows);
    vectors.set(rows, start * dimensions);
    progress(Math.min(start + chunkSize, texts.length), texts.length);
  }
  return vectors;
}

function fileName(encoder: Encoder, texts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([encoder.fingerprint, encoder.dimensions, texts]));
  return `${hash.digest('hex')}.f32`;
}

/** A checksum, then little-endian floats; undefined when there is no such file or it is damaged. */
async function readVectors(path: string, length: number): Promise<Float32Array | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    return undefined;
  }
  const body = bytes.subarray(digestBytes);
  if (body.length !== length * 4 || !digestOf(body).equals(bytes.subarray(0, digestBytes))) return undefined;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return Float32Array.from({ length }, (_, i) => view.getFloat32(i * 4, true));
}

/** Written beside and renamed, so that a stop leaves no half file under the name. */
async function writeVectors(path: string, rows: Float32Array): Promise<void> {
  const body = Buffer.alloc(rows.length * 4);
  for (const [i, value] of rows.entries()) body.writeFloatLE(value, i * 4);
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, Buffer.concat([digestOf(body), body]));
  await rename(draft, path);
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

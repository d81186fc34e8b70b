// What a static encoder is made of, and its file: a header with the vocabulary, the numbers, and a hash over all of it.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SearchError } from '../errors.ts';
import type { WordPieceVocabulary } from './word-piece.ts';

/** Token vectors and what they belong to. Rows: first every piece by its number, then every whole word. */
export interface StaticParts {
  /** For people: `student`. */
  readonly name: string;
  readonly vocabulary: WordPieceVocabulary;
  /** Words with a vector of their own besides those of their pieces, as `normaliseForBert` leaves them. */
  readonly words: readonly string[];
  readonly dimensions: number;
  /** `(pieces + words) × dimensions`, row by row. */
  readonly vectors: Float32Array;
  /** What each row counts in the sum. */
  readonly weights: Float32Array;
}

const magic = 'OFFPRINT-STATIC-ENCODER\n';
const formatVersion = 1;
const hashBytes = 32;

const headerSchema = z.object({
  version: z.int(),
  name: z.string(),
  dimensions: z.int().min(1).max(4096),
  pieces: z.array(z.string()),
  unknown: z.int().nonnegative(),
  first: z.int().nonnegative(),
  last: z.int().nonnegative(),
  words: z.array(z.string()),
});

/** @throws SearchError `bad-input` when the parts do not fit each other. */
export function checkParts({ vocabulary, words, dimensions, vectors, weights }: StaticParts): void {
  const rows = vocabulary.pieces.length + words.length;
  const wrong = (field: string, message: string): SearchError =>
    new SearchError('bad-input', message, { field });
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > 4096)
    throw wrong('dimensions', 'A static encoder has between 1 and 4096 dimensions.');
  if (vectors.length !== rows * dimensions)
    throw wrong(
      'vectors',
      `${rows} rows of ${dimensions} numbers are ${rows * dimensions}, not ${vectors.length}.`,
    );
  if (weights.length !== rows)
    throw wrong('weights', `There are ${weights.length} weights for ${rows} rows.`);
  if (!vectors.every(Number.isFinite)) throw wrong('vectors', 'A vector has a number that is not finite.');
  if (!weights.every(Number.isFinite)) throw wrong('weights', 'A weight is not finite.');
}

/** The bytes of a static encoder's file. */
export function writeStaticParts(parts: StaticParts): Uint8Array {
  const { name, dimensions, words } = parts;
  const { pieces, unknown, first, last } = parts.vocabulary;
  const header = { version: formatVersion, name, dimensions, pieces, unknown, first, last, words };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length, true);
  const body = Buffer.concat([
    Buffer.from(magic, 'latin1'),
    length,
    json,
    bytesOf(parts.vectors),
    bytesOf(parts.weights),
  ]);
  return Buffer.concat([body, hashOf(body)]);
}

/** The hash at the end of a file, short, for people and file names. */
export function fingerprintOf(file: Uint8Array): string {
  return Buffer.from(file.subarray(file.length - hashBytes))
    .toString('hex')
    .slice(0, 16);
}

/**
 * @throws SearchError `damaged-file` for what is no such file or not whole, `foreign-file` for one of another format.
 */
export function readStaticParts(file: Uint8Array): StaticParts {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const start = magic.length + 4;
  if (bytes.length < start + hashBytes || bytes.toString('latin1', 0, magic.length) !== magic)
    throw damaged();
  const body = bytes.subarray(0, bytes.length - hashBytes);
  if (!hashOf(body).equals(bytes.subarray(body.length))) throw damaged();
  const end = start + bytes.readUInt32LE(magic.length);
  const header: unknown = JSON.parse(bytes.toString('utf8', start, end));
  const { version } = z.object({ version: z.int() }).parse(header);
  if (version !== formatVersion)
    throw new SearchError(
      'foreign-file',
      `This static encoder has format ${version}, not ${formatVersion}; train it again.`,
    );
  const { name, dimensions, words, pieces, unknown, first, last } = headerSchema.parse(header);
  const vocabulary = { pieces, unknown, first, last };
  const rows = vocabulary.pieces.length + words.length;
  const vectorsEnd = end + rows * dimensions * 4;
  if (vectorsEnd + rows * 4 !== body.length) throw damaged();
  return {
    name,
    dimensions,
    words,
    vocabulary,
    vectors: floatsOf(body.subarray(end, vectorsEnd)),
    weights: floatsOf(body.subarray(vectorsEnd)),
  };
}

function damaged(): SearchError {
  return new SearchError('damaged-file', 'The static encoder is not whole; train it again or delete it.');
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A copy, for floats must begin at a multiple of four bytes. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}

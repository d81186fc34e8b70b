// A static encoder: a text's vector is the sum of its tokens' vectors, scaled to length 1. The student of paper 17 runs here.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { SearchError } from '../errors.ts';
import { exportedFunction, loadWasm, pageBytes } from '../wasm-module.ts';
import type { Encoder } from './encoder.ts';
import {
  checkParts,
  fingerprintOf,
  readStaticParts,
  type StaticParts,
  writeStaticParts,
} from './static-parts.ts';
import { WordPiece } from './word-piece.ts';

export interface StaticEncoder extends Encoder {
  readonly parts: StaticParts;
  /** The rows whose vectors a text is the sum of, in its order; at most `staticLongest`. */
  tokenise(text: string): Int32Array;
}

/** What is beyond so many tokens of a text is left out: ten abstracts. */
export const staticLongest = 4096;

type SumRows = (table: number, ids: number, count: number, width: number, out: number) => void;
const sumSchema = z.object({ sumRows: exportedFunction<SumRows>() });

/**
 * An encoder of given token vectors.
 *
 * @throws SearchError `bad-input` when the parts do not fit each other; `unavailable` when its WebAssembly was not
 *   built or there is no memory for it.
 */
export function staticEncoderFrom(parts: StaticParts): StaticEncoder {
  checkParts(parts);
  return over(parts, fingerprintOf(writeStaticParts(parts)));
}

/** Writes an encoder's file, whole or not at all. */
export async function saveStaticEncoder(encoder: StaticEncoder, file: string): Promise<void> {
  await writeFile(`${file}.new`, writeStaticParts(encoder.parts), { flush: true });
  await rename(`${file}.new`, file);
}

/**
 * @throws SearchError `unavailable` when there is no such file; `damaged-file`, `foreign-file` as `readStaticParts`.
 */
export async function loadStaticEncoder(file: string): Promise<StaticEncoder> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new SearchError('unavailable', `${file} cannot be read; train an encoder first.`, { cause });
  }
  return over(readStaticParts(bytes), fingerprintOf(bytes));
}

function over(parts: StaticParts, fingerprint: string): StaticEncoder {
  const { dimensions, vocabulary, words } = parts;
  const wordPiece = new WordPiece(
    vocabulary,
    new Map(words.map((word, i) => [word, vocabulary.pieces.length + i])),
  );
  const ids = new Int32Array(staticLongest);
  const sum = summerOf(parts);
  return {
    name: parts.name,
    fingerprint,
    dimensions,
    parts,
    tokenise: (text) => ids.slice(0, wordPiece.write(text, ids)),
    async encode(texts) {
      const vectors = new Float32Array(texts.length * dimensions);
      for (const [i, text] of texts.entries()) {
        const into = vectors.subarray(i * dimensions, (i + 1) * dimensions);
        sum(ids.subarray(0, wordPiece.write(text, ids)), into);
        scaleToOne(into);
      }
      return vectors;
    },
    async close() {},
  };
}

/** The weighted table in WebAssembly memory, and the function that adds up rows of it. */
function summerOf({
  dimensions,
  vectors,
  weights,
}: StaticParts): (ids: Int32Array, into: Float32Array) => void {
  const { functions, memory } = loadWasm('encoders/sum-rows.wasm', sumSchema);
  const width = Math.ceil(dimensions / 32) * 32;
  const outAt = staticLongest * 4;
  const tableAt = outAt + width * 4;
  const sizeBytes = tableAt + weights.length * width * 4;
  try {
    memory.grow(Math.ceil(sizeBytes / pageBytes) - 1);
  } catch (cause) {
    throw new SearchError('unavailable', 'There is no memory for the static encoder.', { cause });
  }
  const idsIn = new Int32Array(memory.buffer, 0, staticLongest);
  const out = new Float32Array(memory.buffer, outAt, dimensions);
  const table = new Float32Array(memory.buffer, tableAt, weights.length * width);
  for (const [row, weight] of weights.entries())
    for (let d = 0; d < dimensions; d += 1)
      table[row * width + d] = (vectors[row * dimensions + d] ?? 0) * weight;
  return (ids, into) => {
    idsIn.set(ids);
    functions.sumRows(tableAt, 0, ids.length, width * 4, outAt);
    into.set(out);
  };
}

/** A text without tokens, or whose tokens cancel out, points nowhere; it gets the diagonal, as good as any. */
function scaleToOne(vector: Float32Array): void {
  let squares = 0;
  for (let d = 0; d < vector.length; d += 1) squares += (vector[d] ?? 0) ** 2;
  const length = Math.sqrt(squares);
  if (length < 1e-20 || !Number.isFinite(length)) vector.fill(1 / Math.sqrt(vector.length));
  else for (let d = 0; d < vector.length; d += 1) vector[d] = (vector[d] ?? 0) / length;
}

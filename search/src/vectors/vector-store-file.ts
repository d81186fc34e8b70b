// A store of vectors in an append-only file that survives being killed: a torn tail is cut, damaged rows are dropped.
import { readSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { SearchError } from '../errors.ts';
import { KeyTable } from './key-table.ts';
import {
  checkHeader,
  type EncoderIdentity,
  headerBytes,
  readRow,
  rowBytes,
  writeHeader,
  writeRow,
} from './vector-file.ts';
import type { VectorEntry, VectorStore } from './vector-store.ts';
import { checkLengths } from './vector-store-memory.ts';

export interface FileVectorStore extends VectorStore {
  /** How many rows of the file were not what had been written; their texts are encoded again. */
  readonly dropped: number;
}

/** Rows read at once when a store is opened. */
const bytesAtOnce = 8 << 20;
/** Added rows are safe from a power cut at least so often; from `kill -9` they are at once. */
const flushEveryMs = 5000;

/**
 * Opens an encoder's store in a folder, or begins one. One process at a time may add to it.
 *
 * @param onRow told every sound row on the way, so that an index is filled in the same reading.
 * @param options.readOnly the file is another process's: it is not made whole, and what is added is refused.
 * @throws SearchError `damaged-file` or `foreign-file` when the file is not this encoder's.
 */
export async function openVectorStore(
  folder: string,
  encoder: EncoderIdentity,
  onRow?: (position: number, vector: Float32Array) => void,
  options: { readonly readOnly?: boolean } = {},
): Promise<FileVectorStore> {
  const readOnly = options.readOnly === true;
  if (!readOnly) await mkdir(folder, { recursive: true });
  const path = join(folder, `${encoder.name}-${encoder.fingerprint}.vectors`);
  const file = await open(path, readOnly ? 'r' : 'a+');
  try {
    const { size } = await file.stat();
    // Killed while the header was written: nothing had been added.
    if (readOnly && size < headerBytes)
      throw new SearchError('unavailable', `${path} is being begun; try again.`);
    if (size < headerBytes) {
      await file.truncate(0);
      await file.write(writeHeader(encoder));
    } else
      checkHeader((await file.read(new Uint8Array(headerBytes), 0, headerBytes, 0)).buffer, encoder, path);
    const width = rowBytes(encoder.dimensions);
    const rows = Math.max(0, Math.floor((size - headerBytes) / width));
    if (!readOnly && size > headerBytes + rows * width) await file.truncate(headerBytes + rows * width);
    const table = new KeyTable();
    let sound = 0;
    await readRows(file, encoder.dimensions, rows, (position, key, vector) => {
      sound += 1;
      table.set(key, position);
      onRow?.(position, vector);
    });
    return storeOver(file, encoder.dimensions, table, rows, rows - sound);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readRows(
  file: FileHandle,
  dimensions: number,
  rows: number,
  onRow: (position: number, key: Uint8Array, vector: Float32Array) => void,
): Promise<void> {
  const width = rowBytes(dimensions);
  const rowsAtOnce = Math.max(1, Math.floor(bytesAtOnce / width));
  const buffer = Buffer.alloc(rowsAtOnce * width);
  for (let first = 0; first < rows; first += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - first);
    const { bytesRead } = await file.read(buffer, 0, count * width, headerBytes + first * width);
    for (let i = 0; (i + 1) * width <= bytesRead; i += 1) {
      const row = readRow(buffer, i * width, dimensions);
      if (row !== undefined) onRow(first + i, row.key, row.vector);
    }
  }
}

function storeOver(
  file: FileHandle,
  dimensions: number,
  table: KeyTable,
  rowsInFile: number,
  dropped: number,
): FileVectorStore {
  const width = rowBytes(dimensions);
  const one = Buffer.alloc(width);
  let rows = rowsInFile;
  let flushed = performance.now();
  let tail: Promise<unknown> = Promise.resolve();

  /** One write after another, for positions are counted from what is in the file. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(work, work);
    tail = turn.catch(() => {});
    return turn;
  };

  const append = async (entries: readonly VectorEntry[]): Promise<Int32Array> => {
    const fresh: VectorEntry[] = [];
    const added = new KeyTable();
    const positions = Int32Array.from(entries, (entry) => {
      const known = Math.max(table.get(entry.key), added.get(entry.key));
      if (known >= 0) return known;
      added.set(entry.key, rows + fresh.length);
      return rows + fresh.push(entry) - 1;
    });
    if (fresh.length === 0) return positions;
    const bytes = Buffer.alloc(fresh.length * width);
    for (const [i, { key, vector }] of fresh.entries()) writeRow(bytes, i * width, key, vector);
    await writeWhole(file, bytes, headerBytes + rows * width);
    for (const { key } of fresh) {
      table.set(key, rows);
      rows += 1;
    }
    if (performance.now() - flushed > flushEveryMs) {
      await file.datasync();
      flushed = performance.now();
    }
    return positions;
  };

  return {
    dimensions,
    dropped,
    get size() {
      return table.size;
    },
    positionOf: (key) => table.get(key),
    async add(entries) {
      checkLengths(entries, dimensions);
      return inTurn(() => append(entries));
    },
    read(position) {
      if (position < 0 || position >= rows) return undefined;
      const read = readSync(file.fd, one, 0, width, headerBytes + position * width);
      return read === width ? readRow(one, 0, dimensions)?.vector : undefined;
    },
    flush: () => inTurn(() => file.datasync()),
    close: () =>
      inTurn(async () => {
        await file.datasync();
        await file.close();
      }),
  };
}

/** Appends, and cuts off again what was written when not all of it could be: the disk may be full. */
async function writeWhole(file: FileHandle, bytes: Buffer, end: number): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, done);
      done += bytesWritten;
    }
  } catch (error) {
    await file.truncate(end);
    throw error;
  }
}

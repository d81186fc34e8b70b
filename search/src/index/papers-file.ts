// The file of a snapshot with everything by ordinal: ids, columns, and where each paper's text is.
import type { HeldSegments } from './held-segments.ts';
import { IdTable } from './id-table.ts';
import type { Manifest } from './manifest.ts';
import { Columns } from './paper-columns.ts';
import { damaged } from './segment-file.ts';

/** What is by ordinal. */
export interface Papers {
  readonly ids: IdTable;
  readonly columns: Columns;
  readonly serials: Uint32Array;
  readonly documents: Uint32Array;
}

/** A copy of all words, then the letters of the ids; the index may go on while it is written. */
export function papersBytes(
  ids: IdTable,
  columns: Columns,
  held: HeldSegments,
): { bytes: Uint8Array; description: Omit<Manifest['papers'], 'file'> } {
  const { pool, ends } = ids.parts();
  const { words, texts } = columns.parts();
  const all = [ends, held.serialOf.written(), held.documentOf.written(), ...words];
  const bytes = Buffer.concat([
    ...all.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)),
    pool,
  ]);
  const description = {
    count: ids.limit,
    poolBytes: pool.byteLength,
    texts: { sources: [...texts.sources], categories: [...texts.categories] },
  };
  return { bytes, description };
}

/** @throws SearchError `damaged-file` when the size is not what the manifest says. */
export function readPapers(buffer: SharedArrayBuffer, manifest: Manifest['papers'], name: string): Papers {
  const { count, poolBytes, texts } = manifest;
  const columnCount = 3 + Columns.count;
  if (buffer.byteLength !== count * 4 * columnCount + poolBytes) throw damaged(name);
  const column = (i: number): Uint32Array => new Uint32Array(buffer, i * count * 4, count);
  const pool = new Uint8Array(buffer, columnCount * count * 4, poolBytes);
  const words = Array.from({ length: Columns.count }, (_, i) => column(3 + i));
  return {
    ids: IdTable.from(pool, column(0)),
    columns: Columns.from(words, texts),
    serials: column(1),
    documents: column(2),
  };
}

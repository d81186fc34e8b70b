// Where the recordings lie that no clone carries. Tests that use them are skipped, with a word, where they are absent.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const repositoryRoot = join(import.meta.dirname, '..', '..', '..');
const folder = process.env.OFFPRINT_SHARED ?? join(repositoryRoot, '..', 'shared');

/** Whether the recordings are there, and otherwise the reason to skip. */
export const hasSharedData = existsSync(join(folder, 'data', 'ingest'));
export const skipReason = hasSharedData ? '' : ` (skipped: no recordings in ${folder})`;

export const sharedPath = (...path: readonly string[]): string => join(folder, ...path);
export const readShared = (...path: readonly string[]): string => readFileSync(sharedPath(...path), 'utf8');

/** A document as a stream, cut into chunks of a size, as sockets do. */
export async function* inChunks(document: string | Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

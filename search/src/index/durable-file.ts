// Files that are there whole or not at all, whatever moment the machine stops at.
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes beside, syncs, renames into place and syncs the folder: afterwards the file survives a power cut. */
export async function writeDurably(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const beside = `${path}.tmp`;
  const file = await open(beside, 'w');
  try {
    for (const part of parts) {
      for (let written = 0; written < part.byteLength; ) {
        const { bytesWritten } = await file.write(part, written, part.byteLength - written);
        written += bytesWritten;
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Reads a file at once into memory that threads can share. */
export async function readShared(path: string): Promise<SharedArrayBuffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = new SharedArrayBuffer(size);
    const bytes = new Uint8Array(buffer);
    for (let read = 0; read < size; ) {
      const { bytesRead } = await file.read(bytes, read, size - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return buffer;
  } finally {
    await file.close();
  }
}

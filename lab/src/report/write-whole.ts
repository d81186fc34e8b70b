// Files that are there whole or not at all, even when the machine stops in between.
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LabError } from '../lab-error.ts';

/**
 * Writes beside the file, brings the bytes to the disk, and puts them in the file's place. Makes the folder.
 * @throws LabError `unwritable`
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(beside, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    await syncFolder(dirname(file));
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw unwritable(file, cause);
  }
}

/** Brings a folder's list of files to the disk, where the platform can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** The refusal of a disk as the lab says it. */
export function unwritable(path: string, cause: unknown): LabError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new LabError(
    'unwritable',
    code === 'ENOSPC'
      ? `The disk is full: free some space and run again; what finished is kept, and ${path} is not half-written.`
      : `${path} cannot be written${code === '' ? '' : ` (${code})`}: set OFFPRINT_DATA to a folder that can.`,
    { cause },
  );
}

// One run of one experiment at one size at a time: a lock that the system gives back when its owner dies, however it dies.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LabError } from '../lab-error.ts';
import { unwritable } from '../report/write-whole.ts';

export interface RunLock {
  release(): void;
}

const sqliteBusy = 5;

/**
 * Holds SQLite's exclusive lock on a file, because Node has no file lock of its own. A note of the owner's process number
 * would outlive a killed owner and could name a stranger; this cannot.
 * @param who what is run, for the error
 * @throws LabError `already-running`, `unwritable`
 */
export async function takeRunLock(file: string, who: string): Promise<RunLock> {
  let database: DatabaseSync | undefined;
  try {
    await mkdir(dirname(file), { recursive: true });
    database = new DatabaseSync(file);
    database.exec('begin exclusive');
  } catch (cause) {
    database?.close();
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === sqliteBusy)
      throw new LabError(
        'already-running',
        `${who} is being run already: wait until that run is done, or stop it.`,
      );
    throw unwritable(file, cause);
  }
  const held = database;
  return { release: () => held.close() };
}

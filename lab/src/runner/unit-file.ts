// The file that finished units are added to, one line each and durably, so that a killed run goes on where it was.
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unwritable, writeWhole } from '../report/write-whole.ts';
import { unitKey } from './unit.ts';
import { parseUnitRecord, renderUnitRecord, type UnitRecord } from './unit-record.ts';

export interface UnitFile {
  /** What was finished when the file was opened. */
  readonly finished: readonly UnitRecord[];
  /** Returns when the record is on the disk. Calls may overlap. @throws LabError `unwritable` */
  append(record: UnitRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens or makes the file. A line that is not whole, by a stop in the middle of writing or by damage, is dropped: its unit
 * runs again.
 * @throws LabError `unwritable`
 */
export async function openUnitFile(path: string): Promise<UnitFile> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.split('\n');
  const records = new Map<string, UnitRecord>();
  for (const line of lines) {
    const record = parseUnitRecord(line);
    if (record !== undefined) records.set(unitKey(record), record);
  }
  const finished = [...records.values()];
  // What was dropped must go before anything is added: a new line after a torn one would be torn too.
  const whole = finished.map(renderUnitRecord).join('');
  if (whole !== text) await writeWhole(path, whole);
  const handle = await openToAppend(path);
  let turn: Promise<unknown> = Promise.resolve();
  return {
    finished,
    append(record) {
      const write = turn.then(async () => {
        try {
          await handle.appendFile(renderUnitRecord(record));
          await handle.datasync();
        } catch (cause) {
          throw unwritable(path, cause);
        }
      });
      turn = write.catch(() => undefined);
      return write;
    },
    async close() {
      await turn;
      await handle.close();
    },
  };
}

async function openToAppend(path: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await open(path, 'a');
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

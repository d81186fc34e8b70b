// A JSON Lines file as a source: streamed, in pages, resumable where an earlier import of the same file stopped.
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { OffprintError, type PaperRecord, readCheckpoint } from '@offprint/catalogue';
import { z } from 'zod';
import { type Place, readLines } from './jsonl-lines.ts';
import { readJsonlLine } from './jsonl-record.ts';
import { type IngestContext, type RunReport, runIngest } from './run.ts';

export interface ImportOptions {
  /** A file of JSON Lines, plain or compressed with gzip or zstd; its first bytes tell which. */
  readonly file: string;
  /** Begins with the first line instead of going on after the last that was imported. */
  readonly restart?: boolean;
}

const pageSize = 1_000;
/** A page of papers with enormous texts is cut earlier. */
const pageBytes = 8 * 1024 * 1024;
const identityBytes = 1024 * 1024;

const stateSchema = z.object({
  line: z.int().nonnegative(),
  offset: z.int().nonnegative(),
  complete: z.boolean(),
});

/** What tells a file from others and survives its being moved: its size and its first megabyte. */
async function fileIdentity(file: string, sizeBytes: number): Promise<string> {
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(Math.min(identityBytes, sizeBytes));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    const hash = createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex').slice(0, 40);
    return `file:${hash}:${sizeBytes}`;
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new OffprintError('not-found', `${file} cannot be read: check its path.`, { field: 'file', cause });
  });
  if (!found.isFile())
    throw new OffprintError('bad-input', `${file} is not a file: name a file of JSON Lines.`, {
      field: 'file',
    });
  return found.size;
}

/**
 * Imports a file. A line that is no paper is refused with its number and the others go on; where the file itself
 * is broken, the run fails after everything before is stored.
 *
 * @throws OffprintError `not-found` or `bad-input` when there is no such file, `conflict` while another import is
 *   under way.
 */
export async function importJsonl(context: IngestContext, options: ImportOptions): Promise<RunReport> {
  const { file } = options;
  const sizeBytes = await sizeOf(file);
  const key = await fileIdentity(file, sizeBytes);
  return runIngest(context, 'import', async (run) => {
    const saved = stateSchema.safeParse(await readCheckpoint(context.db, 'import', key));
    const before: Place =
      saved.success && !saved.data.complete && options.restart !== true ? saved.data : { line: 0, offset: 0 };
    if (before.line > 0) run.note(`Went on after line ${before.line}.`);
    let records: PaperRecord[] = [];
    let bytes = 0;
    let lines = 0;
    let place = { line: before.line, offset: before.offset };
    const flush = async (complete: boolean) => {
      await run.store(records, { key, value: { ...place, complete } });
      records = [];
      bytes = 0;
      lines = 0;
    };
    const onRead = (done: number) => context.onProgress?.({ done, total: sizeBytes, unit: 'bytes' });
    try {
      for await (const line of readLines(file, before, onRead)) {
        place = { line: line.number, offset: line.endOffset };
        const isBlank = line.bytes !== undefined && !line.bytes.some((byte) => byte > 0x20);
        if (!isBlank) records.push(...run.accept([readJsonlLine(line.bytes, line.number)]));
        bytes += line.bytes?.length ?? 0;
        lines += 1;
        if (lines < pageSize && bytes < pageBytes) continue;
        await flush(false);
        run.signal.throwIfAborted();
      }
    } catch (error) {
      // The good lines before the damage count, and so does the place after them.
      if (error instanceof OffprintError && error.code === 'damaged-file') await flush(false);
      throw error;
    }
    await flush(true);
  });
}

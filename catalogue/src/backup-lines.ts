// A backup as its reader sees it: lines of a compressed file, and the one error for a file that is not what it should be.
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { backupFormat } from './backup.ts';
import { OffprintError } from './errors.ts';

/** The lines of JSON in a backup; see `BackupHeader`. */
export const headerSchema = z.object({
  format: z.literal(backupFormat),
  createdAt: z.string(),
  migrations: z.array(z.string()).min(1),
});
export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export const trailerSchema = z.object({ rows: z.number(), sha256: z.string() });
export const endSchema = z.object({ end: z.literal(true) });

/** Far above the longest row that ingest lets in; what is longer was made to fill the memory. */
const maxLineBytes = 64 * 1024 * 1024;

/** The error for a file that is cut short, altered, or no backup at all. */
export const damaged = (why: string, cause?: unknown): OffprintError =>
  new OffprintError(
    'damaged-file',
    `This file is not a complete Offprint backup (${why}); nothing was changed. Try another copy of it.`,
    { cause },
  );

/** Reads a line of JSON; `otherwise` says what is wrong with the file when it is none. */
export function parseLine<T>(schema: z.ZodType<T>, line: string | undefined, otherwise: string): T {
  const parsed = schema.safeParse(line === undefined ? undefined : tryJson(line));
  if (!parsed.success) throw damaged(otherwise);
  return parsed.data;
}

/** A line's JSON, or `undefined`. */
export function tryJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Lines of a compressed file, read only as fast as they are used, and none so long that it fills the memory. */
export class LineReader {
  bytes = 0;
  readonly #lines: AsyncGenerator<string>;

  constructor(plain: Readable, compressed: Readable) {
    compressed.on('error', (error) => plain.destroy(error));
    // The reader may have given up before the stream finds its own fault.
    plain.on('error', () => undefined);
    this.#lines = this.#split(plain);
  }

  /** The next line without its line feed; `undefined` at the end. */
  async next(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next();
    return done === true ? undefined : value;
  }

  async *#split(plain: Readable): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    let parts: Uint8Array[] = [];
    let length = 0;
    const take = (): string => {
      try {
        return decoder.decode(Buffer.concat(parts));
      } catch (error) {
        throw damaged('it is not UTF-8', error);
      } finally {
        parts = [];
        length = 0;
      }
    };
    const add = (part: Uint8Array): void => {
      length += part.length;
      if (length > maxLineBytes) throw damaged('it has a line that no backup has');
      parts.push(part);
    };
    for await (const chunk of plain) {
      if (!(chunk instanceof Uint8Array)) throw damaged('it is not bytes');
      this.bytes += chunk.length;
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        add(chunk.subarray(from, end));
        from = end + 1;
        yield take();
      }
      add(chunk.subarray(from));
    }
    if (length > 0) yield take();
  }
}

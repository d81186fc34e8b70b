// Text files line by line with their line numbers, plain or gzipped, however large.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { SearchError } from '../errors.ts';

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** A line of a collection is a paper, not a book; what is longer is another kind of file. */
const longestLine = 2 ** 24;

/**
 * Lines without their ends, blank ones left out. Only `\n` and `\r\n` end a line: JSON may hold U+2028 unescaped,
 * where `node:readline` would cut.
 * @throws SearchError `unavailable` when the file cannot be read, `bad-input` when it is not UTF-8 text
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 0;
  const lineOf = (text: string): Line => ({ number, text: text.endsWith('\r') ? text.slice(0, -1) : text });
  try {
    for await (const chunk of chunks(path)) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        number++;
        if (part.trim() !== '') yield lineOf(part);
      }
      if (rest.length > longestLine) throw badLine(path, number + 1, 'it is longer than 16 MB');
    }
    rest += decoder.decode();
    number++;
    if (rest.trim() !== '') yield lineOf(rest);
  } catch (error) {
    if (error instanceof SearchError) throw error;
    if (error instanceof TypeError) throw badLine(path, number + 1, 'it is not UTF-8 text');
    throw new SearchError('unavailable', `${path} cannot be read: ${messageOf(error)}.`, {
      field: path,
      cause: error,
    });
  }
}

/** The error for one line: file, number and what is wrong. */
export function badLine(path: string, number: number, wrong: string, cause?: unknown): SearchError {
  return new SearchError('bad-input', `${path}, line ${number}: ${wrong}.`, { field: path, cause });
}

async function* chunks(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 2 ** 18 });
  if (!path.endsWith('.gz')) {
    yield* file;
    return;
  }
  const plain = createGunzip();
  file.on('error', (error) => plain.destroy(error));
  yield* file.pipe(plain);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// A file of JSON Lines, compressed or not, as a stream of lines with their place in it. Memory holds one line.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';
import { OffprintError } from '@offprint/catalogue';

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Where the next line begins, in bytes of the uncompressed text. */
  readonly endOffset: number;
  /** `undefined` for a line longer than the limit, whose bytes were passed over. */
  readonly bytes: Uint8Array | undefined;
}

export interface Place {
  readonly line: number;
  readonly offset: number;
}

export const maxLineBytes = 16 * 1024 * 1024;

type Compression = 'none' | 'gzip' | 'zstd';

/** What the first bytes say; names of files lie. */
async function compressionOf(file: string): Promise<Compression> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const magic = buffer.subarray(0, bytesRead).toString('hex');
    if (magic === '28b52ffd') return 'zstd';
    return magic.startsWith('1f8b') ? 'gzip' : 'none';
  } finally {
    await handle.close();
  }
}

interface OpenText {
  readonly text: Readable;
  /** How many bytes of the file itself have been read so far. */
  readonly readBytes: () => number;
  /** Where in the uncompressed text the stream begins. */
  readonly at: number;
}

/** Only plain text can be entered in the middle. */
async function openText(file: string, offset: number): Promise<OpenText> {
  const compression = await compressionOf(file);
  const start = compression === 'none' ? offset : 0;
  const raw = createReadStream(file, { start, highWaterMark: 256 * 1024 });
  const readBytes = () => start + raw.bytesRead;
  if (compression === 'none') return { text: raw, readBytes, at: start };
  const decoder =
    compression === 'gzip'
      ? createGunzip()
      : createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 27 } });
  // The reader of the decoder hears of every error; the callback keeps them from being thrown twice.
  return { text: pipeline(raw, decoder, () => undefined), readBytes, at: 0 };
}

/** Drops the first bytes of a stream. */
async function* skip(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left === 0 ? chunk : chunk.subarray(left);
      left = 0;
    }
  }
}

/**
 * Reads the lines of a file after a place in it.
 *
 * @param onRead told how many bytes of the file itself have been read, now and then.
 * @throws OffprintError `damaged-file` when a compressed file is cut short or broken; the lines before are good.
 */
export async function* readLines(
  file: string,
  after: Place = { line: 0, offset: 0 },
  onRead?: (readBytes: number) => void,
  lineLimitBytes = maxLineBytes,
): AsyncGenerator<Line> {
  const { text, readBytes, at } = await openText(file, after.offset);
  let { line: number, offset } = after;
  let parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array): void => {
    length += part.length;
    offset += part.length;
    if (length <= lineLimitBytes) parts.push(part);
    else parts = [];
  };
  const take = (): Uint8Array | undefined => {
    const bytes = length > lineLimitBytes ? undefined : Buffer.concat(parts);
    parts = [];
    length = 0;
    return bytes;
  };
  try {
    for await (const chunk of skip(text, after.offset - at)) {
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        add(chunk.subarray(from, end));
        from = end + 1;
        offset += 1;
        number += 1;
        yield { number, endOffset: offset, bytes: take() };
      }
      add(chunk.subarray(from));
      onRead?.(readBytes());
    }
  } catch (cause) {
    throw new OffprintError(
      'damaged-file',
      `${file} is cut short or broken after line ${number}: the lines before are good, copy the file again for the rest.`,
      { field: 'file', cause },
    );
  }
  if (length > 0) {
    number += 1;
    yield { number, endOffset: offset, bytes: take() };
  }
  onRead?.(readBytes());
}

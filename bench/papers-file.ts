// The first papers of the arXiv archive as a JSON Lines file, so that sizes can be compared on one text.
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdDecompress } from 'node:zlib';
import { sharedData } from './offprint-process.ts';

const archive = join(sharedData, 'arxiv-2025-2026.jsonl.zst');

/** The lines of the archive. Its window of 128 MiB is more than zstd allows by default. */
export async function* archiveLines(): AsyncGenerator<string> {
  const plain = createReadStream(archive).pipe(
    createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 27 } }),
  );
  yield* createInterface({ input: plain });
}

/** Writes the first `papers` lines. @returns how many there were. */
export async function writePapersFile(file: string, papers: number): Promise<number> {
  let written = 0;
  await pipeline(async function* () {
    for await (const line of archiveLines()) {
      if (written >= papers) return;
      written += 1;
      yield `${line}\n`;
    }
  }, createWriteStream(file));
  return written;
}

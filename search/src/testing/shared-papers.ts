// Real papers for tests, read from the folder of shared data where there is one.
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { constants, createZstdDecompress } from 'node:zlib';
import { z } from 'zod';

const folder = process.env.OFFPRINT_SHARED ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared');

/** A file of the shared data, or undefined where it is absent: skip the test then. */
export function sharedFile(path: string): string | undefined {
  const file = join(folder, 'data', path);
  return existsSync(file) ? file : undefined;
}

const paperSchema = z.object({ title: z.string(), abstract: z.string() });

/** Every `step`-th paper of a compressed list of papers, at most `count`. */
export async function readPapers(
  file: string,
  count: number,
  step: number,
): Promise<z.infer<typeof paperSchema>[]> {
  const papers: z.infer<typeof paperSchema>[] = [];
  const bytes = createReadStream(file);
  const text = bytes.pipe(createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 27 } }));
  let line = 0;
  for await (const json of createInterface({ input: text })) {
    if (line % step === 0) papers.push(paperSchema.parse(JSON.parse(json)));
    if (papers.length >= count) break;
    line += 1;
  }
  bytes.destroy();
  return papers;
}

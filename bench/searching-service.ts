// A service with papers and their vectors, ready to be searched: what `search-page` and `memory` measure.
import { join } from 'node:path';
import { storeMadeVectors } from './made-vectors.ts';
import { runOffprint } from './offprint-process.ts';
import { writePapersFile } from './papers-file.ts';

/** Whether questions are encoded, as the service itself reads the variable. */
export const isEncoding = (process.env.OFFPRINT_ENCODER ?? 'auto') !== 'off';

/**
 * Fills a data folder with the first papers of the archive. Unless OFFPRINT_ENCODER is `off`, a vector for each is in
 * the store beforehand, for encoding them would take most of an hour; see `storeMadeVectors`. Two in a hundred, whose text
 * the catalogue writes in another way, are encoded all the same.
 */
export async function fillDataFolder(folder: string, papers: number): Promise<void> {
  const file = `${folder}.jsonl`;
  await writePapersFile(file, papers);
  await runOffprint(['import', file], { OFFPRINT_DATA: folder });
  if (isEncoding) await storeMadeVectors(join(folder, 'index'), papers);
}

/**
 * Waits until every paper is in the index and, where questions are encoded, has its vector.
 *
 * @returns whether that came to be in time.
 */
export async function untilSearchable(url: string, papers: number, limitMs = 300_000): Promise<boolean> {
  const begin = performance.now();
  while (performance.now() - begin < limitMs) {
    const page = await (await fetch(`${url}/status`)).text();
    const plain = page.replaceAll(/<[^>]*>/g, ' ');
    const indexed = Number(/In the index\s+([\d,]+)/.exec(plain)?.[1]?.replaceAll(',', '') ?? 0);
    if (indexed >= papers && (!isEncoding || /By meaning\s+all papers/.test(plain))) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}

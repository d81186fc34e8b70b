// What was found, in words: the README that stands beside an experiment. For Node.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resultFile } from './result-files.ts';

/**
 * @param id the experiment's folder, `NN-name`
 * @returns Markdown; undefined where nothing is written yet
 */
export async function readExperimentNotes(id: string): Promise<string | undefined> {
  try {
    return await readFile(join(dirname(resultFile(id)), 'README.md'), 'utf8');
  } catch {
    return undefined;
  }
}

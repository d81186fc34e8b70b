// The files that stand beside an experiment's code: its stored result and what was found, in words. For Node.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseResult, type StoredResult } from './stored-result.ts';

/** Where the experiments lie, seen from the sources and from what they compile to: results are not compiled. */
const experimentsFolder = join(import.meta.dirname, '..', '..', 'src', 'experiments');

/**
 * The result of the last full run.
 *
 * @param id the experiment's folder, `NN-name`
 * @returns undefined before the first full run
 * @throws LabError `damaged-file`
 */
export async function readExperimentResult(
  id: string,
  folder = experimentsFolder,
): Promise<StoredResult | undefined> {
  const text = await readIfThere(join(folder, id, 'result.json'));
  return text === undefined ? undefined : parseResult(text);
}

/** What was found, as Markdown; undefined where nothing is written yet. */
export function readExperimentNotes(id: string, folder = experimentsFolder): Promise<string | undefined> {
  return readIfThere(join(folder, id, 'README.md'));
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

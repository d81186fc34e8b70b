// Which code a run runs: the experiment as the build bundled it, and the fingerprint of that bundle.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { LabError } from '../lab-error.ts';

/** The project's root, from `lab/src/runner` and `lab/dist/runner` alike. */
const root = join(import.meta.dirname, '..', '..', '..');

/** Where `house/build-lab.ts` puts its bundles and their list. */
export const bundlesFolder = join(root, 'lab', 'dist', 'experiments');

const fingerprintsSchema = z.record(
  z.string(),
  z.object({
    /** SHA-256 of the bundle, hexadecimal. */
    code: z.string().regex(/^[0-9a-f]{64}$/),
    /** The bundle's file name. */
    bundle: z.string().regex(/^[\w.-]+\.js$/),
    /** SHA-256 of every source file that went into it, by its path from the project's root. */
    sources: z.record(z.string(), z.string()),
    /** Of the packages that the bundle imports. */
    versions: z.record(z.string(), z.string()),
  }),
);

export interface BuiltCode {
  /** SHA-256 of the code that runs. */
  readonly code: string;
  /** The address of the module that exports `experiment`. */
  readonly module: string;
  /** Versions of what the code imports, by package. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The bundle of an experiment.
 * @param folder that the build wrote to
 * @throws LabError `not-built` when there is none, or when a source of it has changed since
 */
export async function builtCode(id: string, folder: string = bundlesFolder): Promise<BuiltCode> {
  const text = await readFile(join(folder, 'fingerprints.json'), 'utf8').catch(() => undefined);
  const parsed = text === undefined ? undefined : fingerprintsSchema.safeParse(parseJson(text));
  const built = parsed?.success === true && Object.hasOwn(parsed.data, id) ? parsed.data[id] : undefined;
  if (built === undefined)
    throw new LabError('not-built', `The experiment ${id} is not built: run "npm run build".`);
  const changed = await Promise.all(
    Object.entries(built.sources).map(async ([path, hash]) => {
      const bytes = await readFile(join(root, path)).catch(() => undefined);
      // An installation may come without its sources; what was built is then all there is.
      return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') !== hash ? [path] : [];
    }),
  );
  const [first] = changed.flat();
  if (first !== undefined)
    throw new LabError(
      'not-built',
      `The build of ${id} is older than ${first}: run "npm run build", so that the result says which code made it.`,
    );
  return {
    code: built.code,
    module: pathToFileURL(join(folder, built.bundle)).href,
    versions: built.versions,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

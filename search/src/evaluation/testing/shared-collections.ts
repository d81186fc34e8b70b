// Where the judged collections lie that are too large and not ours to keep beside the source.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of shared material: `OFFPRINT_SHARED`, or `shared` beside the repository. */
export function sharedFolder(): string {
  return process.env.OFFPRINT_SHARED ?? join(import.meta.dirname, '../../../../../shared');
}

/** A folder below it, or undefined with a note on the console when a clone has none. */
export function sharedPath(...parts: string[]): string | undefined {
  const path = join(sharedFolder(), ...parts);
  if (existsSync(path)) return path;
  console.warn(
    `Skipped: there is no ${join(...parts)} in the shared folder (OFFPRINT_SHARED says where it is).`,
  );
  return undefined;
}

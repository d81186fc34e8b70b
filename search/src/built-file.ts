// Where the build puts what is neither source nor package: the encoder's model, the compiled scan.
import { join } from 'node:path';

/** A file below this room's `dist`, wherever this room runs from: its sources or what they compile to. */
export function builtFile(path: string): string {
  return join(import.meta.dirname, '..', 'dist', path);
}

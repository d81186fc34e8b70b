// Addresses of the built style sheet and script: their file names carry a hash of their content.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Where `vite build` puts what `/assets/` serves. */
export const assetFolder = join(import.meta.dirname, '..', 'dist', 'assets');

const manifestSchema = z.record(z.string(), z.object({ file: z.string() }));

let manifest: ReadonlyMap<string, string> | undefined;

/**
 * The address of an asset by its source path under `src/`, such as `style/offprint.css`. Before the first
 * build it is the unhashed name.
 */
export function assetUrl(source: string): string {
  manifest ??= readManifest();
  return `/assets/${manifest.get(source) ?? source}`;
}

function readManifest(): ReadonlyMap<string, string> {
  let text: string;
  try {
    text = readFileSync(join(assetFolder, 'manifest.json'), 'utf8');
  } catch {
    return new Map();
  }
  const entries = Object.entries(manifestSchema.parse(JSON.parse(text)));
  return new Map(entries.map(([source, { file }]) => [source.replace(/^src\//, ''), file]));
}

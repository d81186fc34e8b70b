// The machine and the programs that a result was made on.
import { readFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { StoredResult } from '../report/stored-result.ts';

/** Runs in Node compute in WebAssembly: there is no other device. */
export function thisMachine(): StoredResult['machine'] {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    platform: `${platform()} ${arch()}`,
    device: 'wasm',
  };
}

/** Of Offprint and Node. */
export async function programVersions(): Promise<Record<string, string>> {
  const file = join(import.meta.dirname, '..', '..', 'package.json');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8')));
  return { offprint: version, node: process.versions.node };
}

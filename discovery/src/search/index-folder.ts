// Where an index lives on disk: the first folder of its kind that no other process has claimed.
import { mkdir, realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Claim, type ConnectionSettings, claimName, OffprintError } from '@offprint/catalogue';

export interface IndexFolder {
  readonly folder: string;
  readonly claim: Claim;
}

const mostProcesses = 16;

/** The folder that a process without a claim reads from: the first one's. */
export function firstIndexFolder(dataFolder: string): string {
  return join(dataFolder, 'index');
}

/**
 * Claims `index`, or `index-2` and so on where several processes share a data folder. The claim stands in the
 * database, so that it is free at once when its holder is killed.
 *
 * @throws OffprintError `conflict` when sixteen processes hold one already.
 */
export async function claimIndexFolder(
  connection: ConnectionSettings,
  dataFolder: string,
): Promise<IndexFolder> {
  await mkdir(dataFolder, { recursive: true });
  const place = `${hostname()}:${await realpath(dataFolder)}`;
  for (let n = 1; n <= mostProcesses; n += 1) {
    const name = n === 1 ? 'index' : `index-${n}`;
    const claim = await claimName(connection, `${place}/${name}`);
    if (claim !== undefined) return { folder: join(dataFolder, name), claim };
  }
  throw new OffprintError(
    'conflict',
    `${mostProcesses} processes already keep a search index in ${dataFolder}: give this one a folder of its own with OFFPRINT_DATA.`,
  );
}

// One PostgreSQL cluster in the data folder: where it is, and its creation, whole or not at all. No TCP port, ever.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OffprintError } from '../errors.ts';
import { findDistribution } from './binaries.ts';
import {
  databaseUser,
  makePrivateFolder,
  reachableClusterFolder,
  reachableDistribution,
  type SystemUser,
} from './unprivileged.ts';

/** A cluster on disk and how to reach it while it runs. */
export interface Cluster {
  readonly folder: string;
  readonly socketFolder: string;
  readonly logFile: string;
  readonly programs: string;
  readonly user: SystemUser | undefined;
}

/** PostgreSQL's own name for a socket in a folder; the kernel allows 107 bytes for the whole path. */
const socketName = '.s.PGSQL.5432';
const maxSocketPathBytes = 107;

/**
 * Locates the cluster of a data folder and creates it when there is none. A creation that was killed
 * leaves nothing behind that counts: the new cluster gets its name only when it is complete.
 *
 * @throws OffprintError `data-folder` or `not-supported`.
 */
export async function prepareCluster(dataFolder: string): Promise<Cluster> {
  const user = await databaseUser();
  const folder =
    user === undefined ? join(dataFolder, 'postgres') : await reachableClusterFolder(user, dataFolder);
  const found = await findDistribution();
  const distribution = user === undefined ? found : await reachableDistribution(user, found);
  const programs = join(distribution.folder, 'bin');
  if ((await stat(join(folder, 'PG_VERSION')).catch(() => undefined)) === undefined)
    await createCluster(folder, programs, user);
  await assertSameMajor(folder, distribution.version);
  const socketFolder = await chooseSocketFolder(folder, user);
  return { folder, socketFolder, logFile: join(folder, 'server.log'), programs, user };
}

async function createCluster(folder: string, programs: string, user: SystemUser | undefined): Promise<void> {
  await removeUnfinished(folder);
  const unfinished = `${folder}.new-${process.pid}`;
  await makePrivateFolder(unfinished, user);
  try {
    await run(
      join(programs, 'initdb'),
      [
        '--pgdata',
        unfinished,
        '--username',
        'postgres',
        '--auth',
        'trust',
        '--encoding',
        'UTF8',
        '--locale-provider',
        'builtin',
        '--locale',
        'C.UTF-8',
        '--lc-messages',
        'C',
      ],
      user,
    );
    await rename(unfinished, folder);
    await removeUnfinished(folder);
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process may have finished first; its cluster is as good.
    if ((await stat(join(folder, 'PG_VERSION')).catch(() => undefined)) !== undefined) return;
    throw new OffprintError(
      'data-folder',
      `The database could not be created in ${dirname(folder)}: ${describeFailure(cause)}`,
      { cause },
    );
  }
}

/** Clears away what creations left behind whose process was killed. */
async function removeUnfinished(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`;
  for (const name of await readdir(dirname(folder)).catch(() => [])) {
    if (!name.startsWith(prefix)) continue;
    const owner = Number(name.slice(prefix.length));
    if (owner === process.pid || !signal(owner, 0))
      // An initdb that outlived its killed parent may still be writing there for a moment.
      await rm(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 5 }).catch(
        () => undefined,
      );
  }
}

async function assertSameMajor(folder: string, version: string): Promise<void> {
  const major = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  if (major !== version.split('.')[0])
    throw new OffprintError(
      'data-folder',
      `The database in ${folder} was made by PostgreSQL ${major}, this Offprint brings ${version}: back it up with the Offprint that made it ("offprint backup"), then restore here into an empty data folder.`,
    );
}

/** The cluster's own folder, or a private short one when the socket's path would be too long for the kernel. */
async function chooseSocketFolder(folder: string, user: SystemUser | undefined): Promise<string> {
  if (Buffer.byteLength(join(folder, socketName)) <= maxSocketPathBytes) return folder;
  const short = join('/tmp', `offprint-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`);
  await makePrivateFolder(short, user);
  const entry = await lstat(short);
  if (!entry.isDirectory() || entry.uid !== (user?.uid ?? process.getuid?.()) || (entry.mode & 0o077) !== 0)
    throw new OffprintError(
      'data-folder',
      `The folder ${short} is not private to the database: remove it and start again.`,
    );
  return short;
}

function run(program: string, args: readonly string[], user: SystemUser | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', ...user });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-4000);
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(words.trim() || `initdb ended with ${code}`)),
    );
  });
}

function describeFailure(cause: unknown): string {
  const words = cause instanceof Error ? cause.message : String(cause);
  if (/No space left|ENOSPC/i.test(words)) return 'the disk is full; free some space and start again.';
  if (/Read-only file system|EROFS/i.test(words))
    return 'the folder is read-only; choose another with OFFPRINT_DATA.';
  if (/Permission denied|EACCES/i.test(words))
    return 'permission denied; choose another folder with OFFPRINT_DATA.';
  return words.split('\n').at(-1) ?? words;
}

/** Sends a signal, or with 0 only asks whether the process is there. */
export function signal(pid: number, name: 'SIGINT' | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

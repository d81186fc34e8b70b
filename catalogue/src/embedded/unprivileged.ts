// Started by root, PostgreSQL runs as a user of its own: who that is, and where that user can reach its files.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chown,
  cp,
  lstat,
  mkdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { OffprintError } from '../errors.ts';
import type { Distribution } from './binaries.ts';

/** Numeric ids of the operating-system user that runs the database. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where root's embedded database lives when the data folder lies under folders that only root may enter. */
const systemFolder = '/var/lib/offprint';

async function findUser(name: string): Promise<SystemUser | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find((line) => line[0] === name);
  return fields === undefined ? undefined : { uid: Number(fields[2]), gid: Number(fields[3]) };
}

/**
 * The user under which the database must run: `undefined` when this process is not root (it then runs as
 * this process's user), otherwise the system user `offprint` or `postgres`, created when neither exists.
 *
 * @throws OffprintError `data-folder` when no such user exists and none can be created.
 */
export async function databaseUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = (await findUser('offprint')) ?? (await findUser('postgres'));
  if (existing !== undefined) return existing;
  try {
    await promisify(execFile)('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'offprint',
    ]);
  } catch (cause) {
    // Another start may have created it at the same moment.
    if ((await findUser('offprint')) === undefined)
      throw new OffprintError(
        'data-folder',
        'PostgreSQL refuses to run as root and no user could be created for it: create a system user named "offprint", or start Offprint as an ordinary user.',
        { cause },
      );
  }
  const created = await findUser('offprint');
  if (created === undefined)
    throw new OffprintError(
      'data-folder',
      'Create a system user named "offprint" for the database and start again.',
    );
  return created;
}

/** Whether the user may enter this folder and every folder above it. Access lists are not considered. */
export async function canEnter(user: SystemUser, folder: string): Promise<boolean> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const entry = await stat(path).catch(() => undefined);
    if (entry !== undefined) {
      const execute = entry.uid === user.uid ? 0o100 : entry.gid === user.gid ? 0o010 : 0o001;
      if ((entry.mode & execute) === 0) return false;
    }
    if (path === dirname(path)) return true;
  }
}

/**
 * The folder for root's database cluster: `<data>/postgres`, or, where the user cannot enter the data
 * folder, a folder of the system that `<data>/postgres` then links to.
 */
export async function reachableClusterFolder(user: SystemUser, dataFolder: string): Promise<string> {
  const wanted = join(dataFolder, 'postgres');
  const existing = await lstat(wanted).catch(() => undefined);
  if (existing?.isSymbolicLink()) return resolve(dataFolder, await readlink(wanted));
  if (await canEnter(user, dataFolder)) return wanted;
  if (existing !== undefined)
    throw new OffprintError(
      'data-folder',
      `The database in ${wanted} belongs to a user who may not enter ${dataFolder}: move the data folder to where it was, or open the folders above it (chmod o+x).`,
    );
  // Named at random, not after the data folder: who deletes that folder wants a new beginning, not the old papers.
  const home = join(systemFolder, randomBytes(8).toString('hex'));
  await mkdir(home, { recursive: true, mode: 0o755 });
  try {
    await symlink(join(home, 'postgres'), wanted);
  } catch (error) {
    await rmdir(home);
    // Another start was faster.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return reachableClusterFolder(user, dataFolder);
    throw error;
  }
  return join(home, 'postgres');
}

/** The distribution itself, or a copy of it where the user can run it. */
export async function reachableDistribution(
  user: SystemUser,
  distribution: Distribution,
): Promise<Distribution> {
  if (await canEnter(user, join(distribution.folder, 'bin'))) return distribution;
  const copy = join(systemFolder, `postgresql-${distribution.version}`);
  if ((await stat(copy).catch(() => undefined)) === undefined) {
    const unfinished = `${copy}.${process.pid}`;
    await mkdir(systemFolder, { recursive: true, mode: 0o755 });
    await cp(distribution.folder, unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  return { ...distribution, folder: copy };
}

/** Makes a folder that only the database's user may enter. */
export async function makePrivateFolder(folder: string, user: SystemUser | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) await chown(folder, user.uid, user.gid);
}

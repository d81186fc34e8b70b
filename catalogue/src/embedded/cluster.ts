// One PostgreSQL cluster in the data folder: created, started, found running, stopped. No TCP port, ever.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { lstat, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientOptions } from '../database.ts';
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
 * What the server is told at each start. Durability stays at PostgreSQL's defaults: fsync and
 * synchronous_commit on, so that a committed row outlives `kill -9` and power loss.
 */
const serverSettings = {
  listen_addresses: '',
  max_connections: '60',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  checkpoint_completion_target: '0.9',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
};

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

/** A server that still ends by itself after so long has a reason that waiting does not mend, such as a full disk. */
const patienceMs = 5_000;

/**
 * A connection to the cluster's server, started when it does not run. Waits while it recovers from a crash
 * or is being stopped by another process.
 *
 * @throws OffprintError `data-folder`, with the server's own words, when it refuses to start again and again or
 *   does not come up within `timeoutMs`.
 */
export async function connectOrStart(
  cluster: Cluster,
  database: string,
  timeoutMs = 60_000,
): Promise<pg.Client> {
  const deadline = performance.now() + timeoutMs;
  const refusedAfter = performance.now() + patienceMs;
  let server: ChildProcess | undefined;
  for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 1.5, 250)) {
    const client = new pg.Client(
      clientOptions({ socketFolder: cluster.socketFolder, database, user: 'postgres' }),
    );
    client.on('error', () => undefined);
    try {
      await client.connect();
      // Somebody else's was faster: ours must not find the folder free after that one has been stopped again.
      if (server?.exitCode === null && server.pid !== (await serverPid(cluster))) server.kill('SIGINT');
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      // 57P03 starting up or shutting down; otherwise nobody listens.
      const noServer = code === 'ECONNREFUSED' || code === 'ENOENT';
      if (!noServer && code !== '57P03' && code !== '57P01' && code !== 'ECONNRESET' && code !== '')
        throw error;
      const hasEnded = server === undefined || server.exitCode !== null || server.signalCode !== null;
      const isLate = performance.now() > deadline;
      const words =
        isLate || (hasEnded && performance.now() > refusedAfter) ? await lastLogLine(cluster) : undefined;
      // The lock file and the shared memory of a server that is still going away pass by themselves.
      if (words !== undefined && (isLate || !/lock file|shared memory/.test(words)))
        throw new OffprintError('data-folder', `The database in ${cluster.folder} did not start: ${words}`, {
          cause: error,
        });
      if (noServer && hasEnded) server = startServer(cluster);
    }
    await sleep(pauseMs);
  }
}

function startServer(cluster: Cluster): ChildProcess {
  const settings = { ...serverSettings, unix_socket_directories: cluster.socketFolder };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(cluster.logFile, 'a', 0o600);
  // Detached: the terminal's Ctrl-C is for us; we stop the server when its last user leaves.
  const child = spawn(join(cluster.programs, 'postgres'), ['-D', cluster.folder, ...flags], {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: '/',
    ...cluster.user,
  });
  child.on('error', () => undefined);
  child.unref();
  closeSync(log);
  return child;
}

/** Stops the server in good order and waits until it has gone. */
export async function stopServer(cluster: Cluster, timeoutMs = 30_000): Promise<void> {
  const pid = await serverPid(cluster);
  if (pid === undefined) return;
  // SIGINT is PostgreSQL's fast shutdown: it rolls running transactions back and writes a checkpoint.
  signal(pid, 'SIGINT');
  const deadline = performance.now() + timeoutMs;
  while ((await serverPid(cluster)) === pid && signal(pid, 0) && performance.now() < deadline)
    await sleep(20);
}

async function serverPid(cluster: Cluster): Promise<number | undefined> {
  const text = await readFile(join(cluster.folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
}

function signal(pid: number, name: 'SIGINT' | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function lastLogLine(cluster: Cluster): Promise<string> {
  const lines = (await readFile(cluster.logFile, 'utf8').catch(() => '')).trim().split('\n');
  const telling = lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? '';
  return telling === ''
    ? `see ${cluster.logFile}.`
    : `${telling.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '')} (see ${cluster.logFile})`;
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

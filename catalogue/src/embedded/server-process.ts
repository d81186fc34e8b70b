// The PostgreSQL server of a cluster as a process: connected to, started when it does not run, stopped in good order.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientOptions } from '../database.ts';
import { OffprintError } from '../errors.ts';
import { type Cluster, signal } from './cluster.ts';

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

async function lastLogLine(cluster: Cluster): Promise<string> {
  const lines = (await readFile(cluster.logFile, 'utf8').catch(() => '')).trim().split('\n');
  const telling = lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? '';
  return telling === ''
    ? `see ${cluster.logFile}.`
    : `${telling.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '')} (see ${cluster.logFile})`;
}

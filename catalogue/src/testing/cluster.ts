// The database servers of a whole test run: started once, migrated once into a template that tests clone.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { clientOptions, openDatabase } from '../database.ts';
import { openEmbedded } from '../embedded/open.ts';
import { databaseUser } from '../embedded/unprivileged.ts';
import { migrate } from '../migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The sockets of the test servers; Debian's PostgreSQL 15 only where it is installed. */
    sockets: { readonly embedded: string; readonly debian15: string | undefined };
  }
}

/** Vitest's global setup. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'offprint-test-'));
  // The database's own user must be able to enter it.
  await chmod(folder, 0o755);
  const embedded = await openEmbedded(join(folder, 'embedded'));
  if (!('socketFolder' in embedded.settings))
    throw new Error('The embedded database is reached by its socket.');
  const debian = await startDebian(join(folder));
  project.provide('sockets', { embedded: embedded.settings.socketFolder, debian15: debian?.socketFolder });
  for (const socketFolder of [
    embedded.settings.socketFolder,
    ...(debian === undefined ? [] : [debian.socketFolder]),
  ]) {
    const db = openDatabase({ socketFolder, database: 'offprint', user: 'offprint' }, 2);
    await migrate(db);
    await db.destroy();
  }
  return async () => {
    await embedded.close();
    await debian?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Starts the PostgreSQL 15 of Debian's package on a socket of its own; `undefined` where it is not installed. */
async function startDebian(
  parent: string,
): Promise<{ socketFolder: string; stop(): Promise<void> } | undefined> {
  const programs = '/usr/lib/postgresql/15/bin';
  if (!existsSync(join(programs, 'initdb'))) return undefined;
  const user = await databaseUser();
  const folder = await mkdtemp(join(tmpdir(), 'offprint-pg15-'));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const cluster = join(folder, 'cluster');
  execFileSync(
    join(programs, 'initdb'),
    ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8'],
    { ...user, stdio: 'ignore', cwd: '/' },
  );
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', cluster, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`],
    { ...user, stdio: 'ignore', cwd: '/' },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client(
      clientOptions({ socketFolder: folder, database: 'postgres', user: 'postgres' }),
    );
    try {
      await client.connect();
      await client.query('create role offprint login');
      await client.query('create database offprint owner offprint');
      await client.end();
      break;
    } catch (error) {
      if (attempt > 200)
        throw new Error(`Debian's PostgreSQL 15 did not start in ${parent}.`, { cause: error });
      await sleep(50);
    }
  }
  return {
    socketFolder: folder,
    async stop() {
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

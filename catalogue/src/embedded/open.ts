// The embedded database as its users see it: open it, share it with other commands, be the one server, leave.
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { ConnectionSettings } from '../database.ts';
import { OffprintError } from '../errors.ts';
import { type Cluster, prepareCluster } from './cluster.ts';
import { connectOrStart, stopServer } from './server-process.ts';

/** Held shared by every process that uses the cluster; who can take it alone is the last one. */
const presenceLock = 0x6f_66_66_02;
/** Held by the one web server on a data folder. It goes with its owner's connection, however that ends. */
const serverLock = 0x6f_66_66_03;

const role = 'offprint';

/** Between one attempt to bring PostgreSQL back and the next. */
const comeBackPauseMs = 2_000;

/** An open embedded database. */
export interface EmbeddedDatabase {
  readonly settings: ConnectionSettings;
  /** The folder that was opened, absolute. */
  readonly dataFolder: string;
  /** Leaves the database; the last to leave stops the server. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens the PostgreSQL cluster in a data folder: creates it on first use, starts it when it is not
 * running, joins it when it is. Leftovers of a crashed owner are taken over as they are.
 *
 * @param options.asServer refuses when another web server already uses the folder.
 * @param options.onTakenOver called when PostgreSQL was killed and another server was quicker to take this
 *   one's place after it: this one must end.
 * @throws OffprintError `conflict` for a second server; `data-folder` when the folder cannot be used.
 */
export async function openEmbedded(
  dataFolder: string,
  options: { readonly asServer?: boolean; readonly onTakenOver?: () => void } = {},
): Promise<EmbeddedDatabase> {
  const folder = resolve(dataFolder);
  await assertUsable(folder);
  const cluster = await prepareCluster(folder);
  let presence = await enter(cluster);
  let closed = false;
  if (options.asServer === true && !(await tryLock(presence, serverLock))) {
    await presence.end();
    throw new OffprintError(
      'conflict',
      `Another Offprint server is already running on ${folder}: stop it first, or give this one its own folder with OFFPRINT_DATA (several servers share one database only with DATABASE_URL).`,
    );
  }
  await createRoleAndDatabase(presence);

  // The server process may be ended from outside; then this process starts it again and takes its place back.
  const watch = (client: pg.Client): void => {
    client.once('end', () => {
      if (!closed) void comeBack();
    });
  };
  const comeBack = async (): Promise<void> => {
    // However long it takes: a full disk is emptied some time.
    for (;;) {
      const again = await enter(cluster).catch(() => undefined);
      if (closed) return again === undefined ? undefined : leave(cluster, again);
      const back = again === undefined ? undefined : await takePlace(again).catch(() => undefined);
      if (again !== undefined && back !== undefined) {
        if (back === 'taken-over') options.onTakenOver?.();
        presence = again;
        return watch(again);
      }
      await sleep(comeBackPauseMs, undefined, { ref: false });
      if (closed) return;
    }
  };
  const takePlace = async (client: pg.Client): Promise<'back' | 'taken-over'> =>
    options.asServer !== true || (await tryLock(client, serverLock)) ? 'back' : 'taken-over';
  watch(presence);

  return {
    dataFolder: folder,
    settings: { socketFolder: cluster.socketFolder, database: role, user: role },
    async close() {
      if (closed) return;
      closed = true;
      await leave(cluster, presence);
    },
  };
}

async function assertUsable(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const reason =
      code === 'ENOSPC'
        ? 'the disk is full'
        : code === 'EROFS'
          ? 'it is on a read-only file system'
          : code === 'ENOTDIR' || code === 'EEXIST'
            ? 'it is not a folder'
            : 'it cannot be written to';
    throw new OffprintError(
      'data-folder',
      `The data folder ${folder} cannot be used because ${reason}: mend that, or choose another folder with OFFPRINT_DATA.`,
      { cause },
    );
  }
}

/** Like `mkdir -p`. Node's own never ends where the kernel lets nobody create anything, as under `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  const isFolder = async (path: string): Promise<boolean> =>
    (await stat(path).catch(() => undefined))?.isDirectory() === true;
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder && !(await isFolder(parent))) await makeFolder(parent);
  await mkdir(folder).catch(async (error: unknown) => {
    if (!(await isFolder(folder))) throw error;
  });
}

/** Connects and says so; starts over when the server went down between the two. */
async function enter(cluster: Cluster): Promise<pg.Client> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await connectOrStart(cluster, 'postgres');
    try {
      await client.query('select pg_advisory_lock_shared($1)', [presenceLock]);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (attempt >= 10) throw error;
    }
  }
}

async function leave(cluster: Cluster, presence: pg.Client): Promise<void> {
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [presenceLock]);
    const last = await tryLock(presence, presenceLock);
    if (last) await stopServer(cluster);
  } catch {
    // The server is already gone; nothing to leave.
  }
  await presence.end().catch(() => undefined);
}

async function tryLock(client: pg.Client, key: number): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    key,
  ]);
  return rows[0]?.locked === true;
}

/** The pages run as a role that owns its database and nothing else; the superuser is only for this room. */
async function createRoleAndDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [role]);
  if (rowCount === 1) return;
  await client.query('select pg_advisory_lock($1)', [serverLock + 1]);
  try {
    await client.query(
      `do $$ begin if not exists (select 1 from pg_roles where rolname = '${role}') then create role ${role} login; end if; end $$`,
    );
    const { rowCount: found } = await client.query('select 1 from pg_database where datname = $1', [role]);
    if (found === 0) await client.query(`create database ${role} owner ${role}`);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [serverLock + 1]);
  }
}

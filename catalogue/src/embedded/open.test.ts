import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { countPapers } from '../read-paper.ts';
import { prepareCluster } from './cluster.ts';
import { openEmbedded } from './open.ts';
import { connectOrStart } from './server-process.ts';

/** A child process that uses the embedded database of a folder. */
class User {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(folder: string, role: 'server' | 'guest') {
    const script = join(import.meta.dirname, '..', 'testing', 'embedded-user.ts');
    this.process = spawn(
      process.execPath,
      ['--conditions=@offprint/source', '--disable-warning=ExperimentalWarning', script, folder, role],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    this.#lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }
  async hears(): Promise<string> {
    const { value, done } = await this.#lines.next();
    return done === true ? '' : value;
  }
  async says(line: string): Promise<string> {
    this.process.stdin.write(`${line}\n`);
    return this.hears();
  }
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    // Who ended by itself is not there to be killed: nobody does that in these tests.
    expect(this.process.exitCode).toBe(null);
    this.process.kill('SIGKILL');
    await gone;
  }
}

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'offprint-embedded-'));
  await chmod(parent, 0o755);
  folder = join(parent, 'data');
});
afterEach(async () => {
  // Joining and leaving stops a server that a killed owner left running.
  if (existsSync(join(folder, 'postgres', 'PG_VERSION'))) await (await openEmbedded(folder)).close();
  await rm(parent, { recursive: true, force: true });
});

const serverPid = (): number =>
  Number.parseInt(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10);
const serverRuns = (): boolean => existsSync(join(folder, 'postgres', 'postmaster.pid'));
const papersIn = async (): Promise<number> => {
  const embedded = await openEmbedded(folder);
  const db = openDatabase(embedded.settings, 1);
  const papers = await countPapers(db);
  await db.destroy();
  await embedded.close();
  return papers;
};

/** How many processes hold the place of the one server. */
const heldServerLocks = async (): Promise<number> => {
  const embedded = await openEmbedded(folder);
  const db = openDatabase(embedded.settings, 1);
  const { rows } = await sql<{ held: number }>`
    select count(*)::int as held from pg_locks where locktype = 'advisory' and objid = ${0x6f_66_66_03}::oid`.execute(
    db,
  );
  await db.destroy();
  await embedded.close();
  return rows[0]?.held ?? 0;
};

describe('the embedded database', () => {
  it('is shared by the commands beside a server, and stopped by whoever leaves last', async () => {
    const server = new User(folder, 'server');
    expect(await server.hears()).toBe('open');
    const guest = new User(folder, 'guest');
    expect(await guest.hears()).toBe('open');
    expect(await server.says('leave')).toBe('left');
    expect(await guest.says('2406.00001')).toBe('stored 2406.00001');
    expect(serverRuns()).toBe(true);
    expect(await guest.says('leave')).toBe('left');
    expect(serverRuns()).toBe(false);
  });

  it('refuses a second server with a sentence that says what to do, until the first is gone, however it went', async () => {
    const first = new User(folder, 'server');
    expect(await first.hears()).toBe('open');
    const second = new User(folder, 'server');
    expect(await second.hears()).toMatch(
      /^refused conflict: Another Offprint server is already running on .*OFFPRINT_DATA/,
    );
    expect(await first.says('2406.00001')).toBe('stored 2406.00001');
    await first.kill();
    expect(serverRuns()).toBe(true);
    const third = new User(folder, 'server');
    expect(await third.hears()).toBe('open');
    expect(await third.says('2406.00002')).toBe('stored 2406.00002');
    await third.says('leave');
    expect(await papersIn()).toBe(2);
  });

  it('keeps every committed row when its user and PostgreSQL itself are killed at once, again and again', async () => {
    for (let round = 0; round < 5; round += 1) {
      const user = new User(folder, 'server');
      expect(await user.hears()).toBe('open');
      expect(await user.says(`2406.0000${round}`)).toBe(`stored 2406.0000${round}`);
      process.kill(serverPid(), 'SIGKILL');
      await user.kill();
    }
    expect(await papersIn()).toBe(5);
  });

  it('starts again by itself when only PostgreSQL was killed', async () => {
    const user = new User(folder, 'server');
    expect(await user.hears()).toBe('open');
    const pid = serverPid();
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => serverRuns() && serverPid() !== pid).toBe(true);
    await expect.poll(heldServerLocks).toBe(1);
    const second = new User(folder, 'server');
    expect(await second.hears()).toMatch(/^refused conflict/);
    expect(await user.says('2406.00001')).toBe('stored 2406.00001');
    await user.says('leave');
  });

  it('comes back after a long time in which PostgreSQL could not start, such as on a full disk', {
    timeout: 60_000,
  }, async () => {
    const user = new User(folder, 'server');
    expect(await user.hears()).toBe('open');
    const control = join(folder, 'postgres', 'global', 'pg_control');
    await rename(control, `${control}.aside`);
    process.kill(serverPid(), 'SIGKILL');
    // Longer than one attempt to bring it back takes.
    await sleep(8_000);
    expect(await papersIn().catch((error: Error) => error.message)).toMatch(/did not start: .*server\.log/);
    await rename(`${control}.aside`, control);
    await expect.poll(heldServerLocks, { timeout: 15_000 }).toBe(1);
    expect(await user.says('2406.00001')).toBe('stored 2406.00001');
    expect(await user.says('leave')).toBe('left');
    expect(serverRuns()).toBe(false);
  });

  it('survives being killed while it is created, and leaves no rubbish', async () => {
    for (const delayMs of [30, 120, 250, 400, 550]) {
      const user = new User(folder, 'server');
      await sleep(delayMs);
      await user.kill();
    }
    expect(await papersIn().catch(() => 0)).toBe(0);
    const user = new User(folder, 'server');
    expect(await user.hears()).toBe('open');
    expect(await user.says('leave')).toBe('left');
    expect(readdirSync(folder)).toEqual(['postgres']);
  });

  it('is created once when two processes start it at the same moment', async () => {
    const users = [new User(folder, 'guest'), new User(folder, 'guest'), new User(folder, 'guest')];
    for (const [n, user] of users.entries()) {
      expect(await user.hears()).toBe('open');
      expect(await user.says(`2406.0000${n}`)).toBe(`stored 2406.0000${n}`);
    }
    for (const user of users) await user.says('leave');
    expect(await papersIn()).toBe(3);
  });

  it('never listens on a port, and its folder is nobody else’s to read', async () => {
    const embedded = await openEmbedded(folder);
    const sockets = readFileSync(`/proc/${serverPid()}/net/tcp`, 'utf8');
    expect(sockets).not.toMatch(/:1538 /); // 5432
    const status = readFileSync(`/proc/${serverPid()}/status`, 'utf8');
    const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
    expect(uid).not.toBe(0);
    await embedded.close();
  });

  it.skipIf(process.getuid?.() !== 0)('works for root in a folder that only root may enter', async () => {
    await chmod(parent, 0o700);
    const user = new User(folder, 'server');
    expect(await user.hears()).toBe('open');
    expect(await user.says('2406.00001')).toBe('stored 2406.00001');
    await user.says('leave');
    expect(await papersIn()).toBe(1);
    // A new beginning is a new beginning, although the old cluster lies elsewhere.
    const elsewhere = await readlink(join(folder, 'postgres'));
    await rm(folder, { recursive: true });
    await (await openEmbedded(folder)).close();
    const fresh = await readlink(join(folder, 'postgres'));
    expect(fresh).not.toBe(elsewhere);
    for (const cluster of [elsewhere, fresh]) await rm(dirname(cluster), { recursive: true });
    await rm(folder, { recursive: true });
  });

  it('works under a path that is too long for a socket', async () => {
    folder = join(parent, 'x'.repeat(60), 'y'.repeat(60), 'data');
    const user = new User(folder, 'server');
    expect(await user.hears()).toBe('open');
    expect(await user.says('2406.00001')).toBe('stored 2406.00001');
    expect(await user.says('leave')).toBe('left');
  });

  it('says what to do when the data folder is no folder, or belongs to another PostgreSQL', async () => {
    await writeFile(folder, 'a file');
    await expect(openEmbedded(folder)).rejects.toThrow(
      /cannot be used because it is not a folder.*OFFPRINT_DATA/,
    );
    await rm(folder);
    await (await openEmbedded(folder)).close();
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '17\n');
    await expect(openEmbedded(folder)).rejects.toThrow(/made by PostgreSQL 17.*offprint backup/);
    await rm(join(folder, 'postgres', 'PG_VERSION'));
  });

  it('says why when PostgreSQL does not start', async () => {
    await (await openEmbedded(folder)).close();
    await mkdir(join(folder, 'postgres', 'global-aside'));
    await writeFile(join(folder, 'postgres', 'postgresql.conf'), 'nonsense = = 1\n');
    await expect(connectOrStart(await prepareCluster(folder), 'postgres', 2000)).rejects.toThrow(
      /did not start: .*server\.log/,
    );
    await rm(join(folder, 'postgres', 'PG_VERSION'));
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, missingServer } from '@offprint/catalogue/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offprint, serve } from './testing/offprint-process.ts';

const missing = missingServer('debian15');

describe.skipIf(missing !== undefined)(missing ?? 'several servers on one PostgreSQL server', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'offprint-servers-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('show the same papers, learn of every change at once, and leave the work to a worker of its own', async () => {
    const database = await createTestDatabase({ empty: true, server: 'debian15' });
    if (!('socketFolder' in database.connection))
      throw new Error('The test server is reached by its socket.');
    const { socketFolder, database: name, user } = database.connection;
    const DATABASE_URL = `postgres://${user}@localhost/${name}?host=${encodeURIComponent(socketFolder)}`;
    // One folder for both, which is not there yet: each keeps an index of its own in it.
    const web = { DATABASE_URL, OFFPRINT_WORK: 'off', OFFPRINT_DATA: join(folder, 'shared') };
    // Both migrate the empty database at the same moment.
    const [first, second] = await Promise.all([serve(web), serve(web)]);
    const worker = offprint(['worker'], { DATABASE_URL });
    await expect.poll(worker.output).toContain('the worker is ready');
    for (const { url } of [first, second]) expect(await (await fetch(url)).text()).toContain('39 papers');

    const file = join(folder, 'one.jsonl');
    await writeFile(
      file,
      `${JSON.stringify({ id: '2602.00001', title: 'Seen by every server', listings: [{ day: '2026-02-06', feed: 'daily', announce: 'new' }] })}\n`,
    );
    expect(await offprint(['import', file], { DATABASE_URL }).finished).toMatchObject({ code: 0 });
    for (const { url } of [first, second])
      await expect.poll(async () => (await fetch(url)).text()).toContain('Seen by every server');

    for (const { url } of [first, second])
      await expect
        .poll(async () => (await fetch(`${url}/api/papers/search?q=seen+by+every+server`)).text())
        .toContain('2602.00001');

    for (const { child, finished } of [first, second, worker]) {
      child.kill('SIGTERM');
      expect(await finished).toMatchObject({ code: 0, signal: null });
    }
    await database.close();
  });
});

import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { type JobDefinition, type Jobs, startJobs } from './jobs.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let opened: Jobs[] = [];
let database: TestDatabase | undefined;
afterEach(async () => {
  for (const jobs of opened) await jobs.stop(1000);
  opened = [];
  await database?.close();
  database = undefined;
});

async function start(
  definitions: readonly JobDefinition[],
  work = true,
  onError: (error: unknown) => void = () => undefined,
): Promise<Jobs> {
  database ??= await createTestDatabase();
  const jobs = await startJobs(database.connection, definitions, { work, onError });
  opened.push(jobs);
  return jobs;
}

const schedules = async (): Promise<string[]> => {
  if (database === undefined) return [];
  const { rows } = await sql<{ cron: string }>`select cron from pgboss.schedule order by cron`.execute(
    database.db,
  );
  return rows.map(({ cron }) => cron);
};

describe('jobs', () => {
  it('are done once, by one of all processes, with what they were given', async () => {
    const done: unknown[] = [];
    const definition: JobDefinition = { name: 'once', run: async (data) => void done.push(data) };
    const web = await start([definition], false);
    await start([definition]);
    await start([definition]);
    expect(await web.enqueue('once', { id: 'hep-th/9901001' }, 'hep-th/9901001')).toBe('queued');
    await expect.poll(() => done).toEqual([{ id: 'hep-th/9901001' }]);
  });

  it('are not queued again while they wait', async () => {
    const jobs = await start([{ name: 'waits', run: async () => undefined }], false);
    expect(await jobs.enqueue('waits', { id: 1 }, 'a')).toBe('queued');
    expect(await jobs.enqueue('waits', { id: 1 }, 'a')).toBe('already-queued');
    expect(await jobs.enqueue('waits', { id: 2 }, 'b')).toBe('queued');
  });

  it('are tried again when they fail, and the failure is told', async () => {
    const errors: unknown[] = [];
    let tries = 0;
    const definition: JobDefinition = {
      name: 'fails-once',
      retryDelaySeconds: 1,
      run: async () => {
        tries += 1;
        if (tries === 1) throw new Error('the first time');
      },
    };
    const jobs = await start([definition], true, (error) => errors.push(error));
    await jobs.enqueue('fails-once');
    await expect.poll(() => tries).toBe(2);
    expect(errors).toMatchObject([{ message: 'the first time' }]);
  });

  it('are told to stop when the worker stops', async () => {
    const started = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    const jobs = await start([
      {
        name: 'long',
        run: async (_, signal) => {
          signal.addEventListener('abort', () => aborted.resolve());
          started.resolve();
          await aborted.promise;
        },
      },
    ]);
    await jobs.enqueue('long');
    await started.promise;
    await jobs.stop(5000);
    opened = [];
    await aborted.promise;
  });

  it('run at the times of their latest definition only', async () => {
    const run = async (): Promise<void> => undefined;
    const zone = 'America/New_York';
    await start([{ name: 'timed', schedule: { crons: ['10,40 20 * * 0,1', '10 0 * * 1'], zone }, run }]);
    expect(await schedules()).toEqual(['10 0 * * 1', '10,40 20 * * 0,1']);
    await start([{ name: 'timed', schedule: { crons: ['10 0 * * 1', '5 5 * * *'], zone }, run }]);
    expect(await schedules()).toEqual(['10 0 * * 1', '5 5 * * *']);
    await start([{ name: 'timed', run }]);
    expect(await schedules()).toEqual([]);
  });

  it('leave nothing running when one of them cannot be opened', async () => {
    await expect(start([{ name: 'bad name!', run: async () => undefined }])).rejects.toThrow();
    expect(opened).toEqual([]);
  });
});

// Work that runs apart from requests: queued and scheduled in the same database, retried, done by one worker at a time.
import { createHash } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import { type ConnectionSettings, clientOptions } from './database.ts';

/** A kind of work. */
export interface JobDefinition {
  /** Letters, digits and hyphens. */
  readonly name: string;
  /** When it runs by itself: expressions of five cron fields, read in an IANA zone. */
  readonly schedule?: { readonly crons: readonly string[]; readonly zone: string };
  /** How often a failed run is tried again; with exponential pauses from `retryDelaySeconds` on. */
  readonly retryLimit?: number;
  readonly retryDelaySeconds?: number;
  /** A run that takes longer counts as failed. */
  readonly expireInSeconds?: number;
  /** @param signal aborted when the worker is asked to stop; the run then ends at its next checkpoint. */
  readonly run: (data: unknown, signal: AbortSignal) => Promise<void>;
}

/** The queue of this database, open for sending and, when it works, for doing. */
export interface Jobs {
  /**
   * Puts work into the queue.
   * @param key work with a key that already waits or runs is not queued twice.
   */
  enqueue(name: string, data?: object, key?: string): Promise<'queued' | 'already-queued'>;
  /** Lets running work finish, within `graceMs`, and leaves. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Opens the job queue.
 *
 * @param options.work whether this process also does the work; exactly one of all processes runs each job.
 * @param options.onError hears of failures of the queue itself and of jobs, with the job's name.
 */
export async function startJobs(
  connection: ConnectionSettings,
  definitions: readonly JobDefinition[],
  options: { readonly work: boolean; readonly onError: (error: unknown, job?: string) => void },
): Promise<Jobs> {
  const { host, user, database, connectionString } = clientOptions(connection);
  const boss = new PgBoss({
    ...(connectionString === undefined
      ? { host: host ?? '', user: user ?? '', database: database ?? '' }
      : { connectionString }),
    application_name: 'offprint-jobs',
    schema: 'pgboss',
    max: 3,
    schedule: options.work,
    supervise: options.work,
  });
  boss.on('error', (error) => options.onError(error));
  await boss.start();
  const stopping = new AbortController();
  try {
    for (const definition of definitions) await openQueue(boss, definition, options, stopping.signal);
  } catch (error) {
    await boss.stop({ graceful: false, close: true });
    throw error;
  }
  return {
    async enqueue(name, data = {}, key = '') {
      return (await boss.send(name, data, { singletonKey: key })) === null ? 'already-queued' : 'queued';
    },
    async stop(graceMs = 10_000) {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: graceMs, close: true });
    },
  };
}

async function openQueue(
  boss: PgBoss,
  definition: JobDefinition,
  options: { readonly work: boolean; readonly onError: (error: unknown, job?: string) => void },
  stopping: AbortSignal,
): Promise<void> {
  await boss.createQueue(definition.name, {
    // One waiting or running job for each key: asking twice does the work once.
    policy: 'exclusive',
    retryLimit: definition.retryLimit ?? 3,
    retryDelay: definition.retryDelaySeconds ?? 60,
    retryBackoff: true,
    expireInSeconds: definition.expireInSeconds ?? 12 * 3600,
    // A worker that was killed is noticed by its silence, and its job done again.
    heartbeatSeconds: 60,
  });
  if (!options.work) return;
  await boss.work(definition.name, { batchSize: 1, pollingIntervalSeconds: 2 }, async (jobs) => {
    for (const job of jobs) {
      try {
        await definition.run(job.data, AbortSignal.any([job.signal, stopping]));
      } catch (error) {
        options.onError(error, definition.name);
        throw error;
      }
    }
  });
  await replaceSchedules(boss, definition);
}

/** A definition that changed must not leave its old times behind. */
async function replaceSchedules(boss: PgBoss, { name, schedule }: JobDefinition): Promise<void> {
  const byKey = new Map((schedule?.crons ?? []).map((cron) => [scheduleKey(cron), cron]));
  for (const { key } of await boss.getSchedules(name)) if (!byKey.has(key)) await boss.unschedule(name, key);
  for (const [key, cron] of byKey) await boss.schedule(name, cron, {}, { tz: schedule?.zone ?? 'UTC', key });
}

/** The queue allows only some characters in a key, and a cron expression has others. */
const scheduleKey = (cron: string): string => createHash('sha256').update(cron).digest('hex').slice(0, 16);

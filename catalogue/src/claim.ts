// Claims: a name that one process at a time holds, for as long as its connection lives, so that `kill -9` frees it.
import pg from 'pg';
import { type ConnectionSettings, clientOptions } from './database.ts';

const claimClass = 0x6f_66_66;

export interface Claim {
  /** Resolves when the claim is lost without having been released: the database went away. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * Claims a name among all processes on this database, on a connection of its own.
 *
 * @returns undefined when another process holds it.
 */
export async function claimName(connection: ConnectionSettings, name: string): Promise<Claim | undefined> {
  const client = new pg.Client(clientOptions(connection));
  const lost = Promise.withResolvers<void>();
  let released = false;
  client.on('error', () => undefined);
  client.on('end', () => {
    if (!released) lost.resolve();
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as held',
      [claimClass, name],
    );
    if (rows[0]?.held === true)
      return {
        lost: lost.promise,
        release: async () => {
          released = true;
          await client.end();
        },
      };
  } catch (error) {
    released = true;
    await client.end();
    throw error;
  }
  released = true;
  await client.end();
  return undefined;
}

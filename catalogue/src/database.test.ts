import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { connectClient, type Database } from './database.ts';
import { createTestDatabase } from './testing/index.ts';

/** Ends another connection from the server's side, as its crash or an administrator would. */
async function end(db: Database, pid: number | undefined): Promise<void> {
  await sql`select pg_terminate_backend(${pid})`.execute(db);
  // The farewell arrives on its own, with nobody waiting for an answer.
  await sleep(100);
}

describe('a connection that the server ends between two queries', () => {
  it('fails the next query of whoever holds it, not the process, and the pool goes on', async () => {
    const { db, close } = await createTestDatabase();
    await db.connection().execute(async (held) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(held);
      await end(db, rows[0]?.pid);
      await expect(sql`select 1`.execute(held)).rejects.toThrow();
    });
    expect((await sql`select 1`.execute(db)).rows).toHaveLength(1);
    await close();
  });

  it('fails the next query of a client of its own, not the process', async () => {
    const { db, connection, close } = await createTestDatabase();
    const client = await connectClient(connection);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await end(db, rows[0]?.pid);
    await expect(client.query('select 1')).rejects.toThrow();
    await client.end();
    await close();
  });
});

// What a claim promises: one holder at a time, free again when its holder ends in whatever way.

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { claimName } from './claim.ts';
import { createTestDatabase } from './testing/index.ts';

describe('a claim', () => {
  it('is held by one at a time and free again after its release', async () => {
    const database = await createTestDatabase({ empty: true });
    const first = await claimName(database.connection, 'index');
    expect(first).toBeDefined();
    expect(await claimName(database.connection, 'index')).toBeUndefined();
    const other = await claimName(database.connection, 'another name');
    expect(other).toBeDefined();
    await first?.release();
    const second = await claimName(database.connection, 'index');
    expect(second).toBeDefined();
    await second?.release();
    await other?.release();
    await database.close();
  });

  it('tells its holder when the database lets it go', async () => {
    const database = await createTestDatabase({ empty: true });
    const claim = await claimName(database.connection, 'index');
    await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = ${0x6f_66_66}::oid
      and database = (select oid from pg_database where datname = current_database())`.execute(database.db);
    await claim?.lost;
    const again = await claimName(database.connection, 'index');
    expect(again).toBeDefined();
    await again?.release();
    await database.close();
  });
});

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { readChanges } from './change.ts';
import { isMigrated, migrate, readMigrations } from './migrate.ts';
import { countPapers, readPaper } from './read-paper.ts';
import { storePage } from './store.ts';
import { createTestDatabase, missingServer } from './testing/index.ts';

describe.each(['embedded', 'debian15'] as const)('migrating on the %s PostgreSQL', (server) => {
  const missing = missingServer(server);
  describe.skipIf(missing !== undefined)(missing ?? 'the schema', () => {
    it('builds every table from nothing, once, however many processes migrate at the same time', async () => {
      const { db, close } = await createTestDatabase({ empty: true, server });
      const names = (await readMigrations()).map(({ name }) => name);
      const applied = await Promise.all([migrate(db), migrate(db), migrate(db)]);
      expect(applied.flat().sort()).toEqual(names);
      expect(await migrate(db)).toEqual([]);
      expect(await isMigrated(db)).toBe(true);
      await close();
    });

    it('keeps every paper and the change sequence when it comes from each earlier version', async () => {
      const names = (await readMigrations()).map(({ name }) => name);
      for (const earlier of names.slice(0, -1)) {
        const { db, close } = await createTestDatabase({ empty: true, server });
        await migrate(db, earlier);
        await storePage(db, {
          source: 'arxiv-oai',
          records: [
            {
              id: '2406.08607',
              title: 'Kept',
              listings: [{ day: '2026-02-06', feed: 'arxiv', announce: 'new' }],
            },
          ],
        });
        await expect.poll(async () => (await readChanges(db, undefined)).changes).toHaveLength(1);
        const { cursor } = await readChanges(db, undefined);
        expect(await isMigrated(db)).toBe(false);
        await migrate(db);
        expect(await readPaper(db, '2406.08607')).toMatchObject({
          title: 'Kept',
          listings: [{ day: '2026-02-06' }],
        });
        await storePage(db, {
          source: 'arxiv-oai',
          records: [{ id: '2406.08608', title: 'New' }],
          checkpoint: { key: 'k', value: {} },
        });
        await expect
          .poll(async () => (await readChanges(db, cursor)).changes.map(({ paperId }) => paperId))
          .toEqual(['2406.08608']);
        expect(await countPapers(db)).toBe(2);
        await close();
      }
    });

    it('refuses a database that a newer version wrote, or whose history was edited', async () => {
      const { db, close } = await createTestDatabase({ server });
      await sql`insert into migration (name, sha256) values ('9999_future.sql', 'x')`.execute(db);
      await expect(migrate(db)).rejects.toThrow(/newer Offprint/);
      await sql`delete from migration where name = '9999_future.sql'`.execute(db);
      await sql`update migration set sha256 = 'edited' where name = '0001_catalogue.sql'`.execute(db);
      await expect(migrate(db)).rejects.toThrow(/0001_catalogue.sql/);
      await close();
    });
  });
});

import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { backup } from './backup.ts';
import { readChanges } from './change.ts';
import type { ConnectionSettings } from './database.ts';
import { dumpRecords } from './dump.ts';
import { migrate, readMigrations } from './migrate.ts';
import { countPapers } from './read-paper.ts';
import { restore } from './restore.ts';
import { plantStarter } from './starter.ts';
import { storePage } from './store.ts';
import { createTestDatabase, missingServer } from './testing/index.ts';

async function backedUp(connection: ConnectionSettings): Promise<Buffer> {
  const file = new PassThrough();
  const bytes = buffer(file);
  await backup(connection, file);
  return bytes;
}

const paper = {
  id: '2406.08607',
  title: 'Tabs\tand\nlines and a \\. line\n\\.\n',
  abstract: '\\N is not null; “quotes”, \u202e, 🙂',
  authors: [{ name: 'A. Author', affiliation: 'Somewhere' }],
  organization: { name: 'lab', fullname: 'A Lab' },
  upvotes: 3,
  aliases: ['page:x'],
  listings: [
    {
      day: '2026-02-06',
      feed: 'daily' as const,
      announce: 'new' as const,
      submittedBy: { name: 'reader', kind: 'user' },
    },
  ],
};

describe('a backup', () => {
  it('restores to the same papers, begins a new generation, and tells followers every paper again', async () => {
    const from = await createTestDatabase();
    const to = await createTestDatabase();
    await plantStarter(from.db);
    await storePage(from.db, {
      source: 'daily-api',
      records: [paper],
      checkpoint: { key: 'k', value: { at: 1 } },
    });
    await expect.poll(async () => (await readChanges(from.db, undefined)).changes).toHaveLength(39);
    const { cursor } = await readChanges(from.db, undefined);
    await restore(to.connection, Readable.from(await backedUp(from.connection)));
    expect(await Array.fromAsync(dumpRecords(to.db))).toEqual(await Array.fromAsync(dumpRecords(from.db)));
    expect(await to.db.selectFrom('checkpoint').select(['key', 'value']).execute()).toEqual([
      { key: 'k', value: { at: 1 } },
    ]);
    await expect.poll(async () => (await readChanges(to.db, cursor)).changes).toHaveLength(39);
    const batch = await readChanges(to.db, cursor);
    expect(batch.startOver).toBe(true);
    await storePage(to.db, { source: 'daily-api', records: [{ ...paper, upvotes: 4 }] });
    await expect.poll(async () => (await readChanges(to.db, batch.cursor)).changes).toHaveLength(1);
    await from.close();
    await to.close();
  });

  it('moves between the embedded PostgreSQL 18 and a PostgreSQL 15', async ({ skip }) => {
    const missing = missingServer('debian15');
    if (missing !== undefined) skip(missing);
    const from = await createTestDatabase();
    const to = await createTestDatabase({ server: 'debian15' });
    await storePage(from.db, { source: 'daily-api', records: [paper] });
    await restore(to.connection, Readable.from(await backedUp(from.connection)));
    expect(await Array.fromAsync(dumpRecords(to.db))).toEqual(await Array.fromAsync(dumpRecords(from.db)));
    await from.close();
    await to.close();
  });

  it('of an earlier version is restored and brought up to date', async () => {
    const earlier = (await readMigrations())[0]?.name;
    const from = await createTestDatabase({ empty: true });
    const to = await createTestDatabase();
    await migrate(from.db, earlier);
    await storePage(from.db, { source: 'arxiv-oai', records: [paper] });
    await restore(to.connection, Readable.from(await backedUp(from.connection)));
    expect(await countPapers(to.db)).toBe(1);
    expect(await migrate(to.db)).toEqual([]);
    await from.close();
    await to.close();
  });

  it('never replaces papers unless told to', async () => {
    const { db, connection, close } = await createTestDatabase();
    await storePage(db, { source: 'arxiv-oai', records: [paper] });
    const file = await backedUp(connection);
    await expect(restore(connection, Readable.from(file))).rejects.toThrow(/already holds 1 papers/);
    await storePage(db, { source: 'arxiv-oai', records: [{ id: '2406.08608', title: 'later' }] });
    await restore(connection, Readable.from(file), { replace: true });
    expect(await countPapers(db)).toBe(1);
    await close();
  });

  it('that is cut short, damaged or foreign changes nothing and says so', async () => {
    const from = await createTestDatabase();
    const to = await createTestDatabase();
    await plantStarter(from.db);
    await plantStarter(to.db);
    const file = await backedUp(from.connection);
    const plain = zstdDecompressSync(file).toString();
    const edited = plain.replace('MemMamba: Rethinking', 'MemMamba: Rewriting!');
    expect(edited).not.toBe(plain);
    const broken: Buffer[] = [
      file.subarray(0, file.length / 2),
      zstdCompressSync(plain.slice(0, plain.length / 2)),
      zstdCompressSync(plain.slice(0, plain.lastIndexOf('{"end"'))),
      zstdCompressSync(edited),
      Buffer.from('PK not a backup'),
      Buffer.alloc(0),
      zstdCompressSync('{"format":"something else"}\n'),
      zstdCompressSync(Buffer.from([0x7b, 0xff, 0x0a])),
      // A few kilobytes that would fill the memory.
      zstdCompressSync(Buffer.alloc(100_000_000, 'a')),
    ];
    const before = await Array.fromAsync(dumpRecords(to.db));
    for (const bytes of broken) {
      await expect(restore(to.connection, Readable.from(bytes))).rejects.toThrow(
        /not a complete Offprint backup/,
      );
      expect(await Array.fromAsync(dumpRecords(to.db))).toEqual(before);
    }
    const newer = zstdCompressSync(plain.replace('0001_catalogue.sql', '9001_catalogue.sql'));
    await expect(restore(to.connection, Readable.from(newer))).rejects.toThrow(/newer Offprint/);
    await from.close();
    await to.close();
  });

  it('holds one moment, although others go on writing', async () => {
    const { db, connection, close } = await createTestDatabase();
    const to = await createTestDatabase();
    const page = (n: number) => ({
      id: `2406.${10_000 + n}`,
      title: 'x'.repeat(2000),
      listings: [{ day: '2026-02-06', feed: 'arxiv' as const, announce: 'new' as const }],
    });
    await storePage(db, { source: 'arxiv-oai', records: Array.from({ length: 300 }, (_, n) => page(n)) });
    const file = new PassThrough({ highWaterMark: 1 });
    const done = backup(connection, file);
    await storePage(db, {
      source: 'arxiv-oai',
      records: Array.from({ length: 300 }, (_, n) => page(300 + n)),
    });
    const bytes = await buffer(file);
    await done;
    await restore(to.connection, Readable.from(bytes));
    const restored = await Array.fromAsync(dumpRecords(to.db));
    expect([300, 600]).toContain(restored.length);
    expect(restored.every(({ listings }) => listings?.length === 1)).toBe(true);
    await close();
    await to.close();
  });
});

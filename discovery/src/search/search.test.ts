// What search of a running process promises: in step with the catalogue, whatever happens to either.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PaperRecord, storePage, watchRevision } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSearch, type RunningSearch } from './open-search.ts';

const record = (n: number, title: string, more: Partial<PaperRecord> = {}): PaperRecord => ({
  id: `2601.${String(n).padStart(5, '0')}`,
  title,
  abstract: `An abstract about ${title.toLowerCase()}.`,
  authors: [{ name: 'A. Author' }],
  publishedAt: '2026-01-02T00:00:00.000Z',
  primaryCategory: 'cs.LG',
  categories: ['cs.LG'],
  ...more,
});

let database: TestDatabase;
let folder: string;
let revision: Awaited<ReturnType<typeof watchRevision>>;
const running: RunningSearch[] = [];
const warnings: string[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'search-'));
  revision = await watchRevision(database.connection);
  warnings.length = 0;
});
afterEach(async () => {
  for (const search of running.splice(0)) await search.close();
  await revision.close();
  await database.close();
  await rm(folder, { recursive: true });
});

async function open(
  options: { readonly keeps?: boolean; readonly encodes?: boolean } = {},
): Promise<RunningSearch> {
  const search = await openSearch({
    db: database.db,
    connection: database.connection,
    dataFolder: folder,
    encoder: options.encodes === true ? { encoder: 'minilm' } : undefined,
    onCommit: (listener) => revision.onChange(listener),
    keeps: options.keeps ?? true,
    log: (level, message) => {
      if (level === 'warn') warnings.push(message);
    },
  });
  running.push(search);
  return search;
}

async function close(search: RunningSearch): Promise<void> {
  running.splice(running.indexOf(search), 1);
  await search.close();
}

const store = (...records: PaperRecord[]): Promise<unknown> =>
  storePage(database.db, { source: 'import', records });
const found = async (search: RunningSearch, q: string): Promise<string[]> =>
  (await search.search({ q })).hits.map(({ paper }) => paper.title);

describe('search of a running process', () => {
  it('finds a paper soon after it was stored, and under its new title after a change', async () => {
    const search = await open();
    await search.caughtUp();
    const before = search.revision();
    await store(record(1, 'Wombats and Networks'));
    await expect.poll(() => found(search, 'wombats')).toEqual(['Wombats and Networks']);
    expect(search.revision()).not.toBe(before);
    await sql`update paper set title = 'Numbats and Networks' where paper_id = '2601.00001'`.execute(
      database.db,
    );
    await expect.poll(() => found(search, 'numbats')).toEqual(['Numbats and Networks']);
    expect(await found(search, 'title:wombats')).toEqual([]);
  });

  it.each(['2601.00001', 'arXiv:2601.00001v3', 'https://arxiv.org/abs/2601.00001'])(
    'finds the paper that %s names, and nothing for one that is not here',
    async (q) => {
      const search = await open();
      await store(record(1, 'Wombats'), record(2, 'Wombats in 2601.00001'));
      await expect.poll(() => found(search, 'wombats')).toHaveLength(2);
      expect(await found(search, q)).toEqual(['Wombats']);
      expect(await found(search, q.replace('00001', '00003'))).not.toContain('Wombats');
      expect(await found(search, 'title:wombats')).toHaveLength(2);
    },
  );

  it('forgets a removed paper', async () => {
    const search = await open();
    await store(record(1, 'Wombats'), record(2, 'Numbats'));
    await expect.poll(() => found(search, 'wombats numbats')).toHaveLength(2);
    await sql`delete from paper where paper_id = '2601.00001'`.execute(database.db);
    await expect.poll(() => found(search, 'wombats numbats')).toEqual(['Numbats']);
  });

  it('waits for a transaction that began before others ended, and then misses nothing of it', async () => {
    const search = await open();
    await database.db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('paper')
        .values({ paper_id: 'x:slow', title: 'Slow wombats', authority: 1, author_count: 0 })
        .execute();
      await store(record(1, 'Quick wombats'));
      await search.search({ q: 'wombats' });
    });
    await expect
      .poll(async () => (await found(search, 'wombats')).sort())
      .toEqual(['Quick wombats', 'Slow wombats']);
  });

  it('goes on from what it saved, with what was stored meanwhile', async () => {
    const first = await open();
    await store(record(1, 'Wombats'));
    await first.caughtUp();
    await expect.poll(() => found(first, 'wombats')).toHaveLength(1);
    await close(first);
    await store(record(2, 'More wombats'));
    const second = await open();
    await second.caughtUp();
    expect((await found(second, 'wombats')).sort()).toEqual(['More wombats', 'Wombats']);
    expect(warnings).toEqual([]);
  });

  it('begins anew when what it saved is damaged, and when the catalogue began a new history', async () => {
    const first = await open();
    await store(record(1, 'Wombats'));
    await expect.poll(() => found(first, 'wombats')).toHaveLength(1);
    await close(first);
    const words = join(folder, 'index', 'words');
    for (const file of await readdir(words)) await writeFile(join(words, file), 'damaged');
    const second = await open();
    await second.caughtUp();
    expect(await found(second, 'wombats')).toEqual(['Wombats']);
    expect(warnings).toEqual(['the search index is built anew']);
    await sql`update catalogue set generation = gen_random_uuid()`.execute(database.db);
    await sql`delete from paper`.execute(database.db);
    await store(record(2, 'Numbats'));
    await expect.poll(() => found(second, 'wombats numbats')).toEqual(['Numbats']);
  });

  it('keeps a folder for each process, and a command reads the first without a claim', async () => {
    const first = await open();
    await store(record(1, 'Wombats'));
    await expect.poll(() => found(first, 'wombats')).toHaveLength(1);
    const second = await open();
    const reader = await open({ keeps: false });
    for (const search of [second, reader]) {
      await search.caughtUp();
      expect(await found(search, 'wombats')).toEqual(['Wombats']);
    }
    await close(second);
    await close(first);
    expect((await readdir(folder)).sort()).toEqual(['index', 'index-2']);
  });

  it('finds by meaning what shares no word with the query, once papers are encoded', async () => {
    const search = await open({ encodes: true });
    await store(
      record(1, 'Continual Learning without Catastrophic Forgetting', {
        abstract:
          'Networks lose earlier skills when they are trained on new tasks. Replay of old data prevents it.',
      }),
      record(2, 'Faster Image Generation', { abstract: 'Pictures are drawn in fewer denoising steps.' }),
      record(3, 'Protein Structure from Sequence', {
        abstract: 'Folding of chains of amino acids is predicted.',
      }),
    );
    await expect.poll(async () => (await search.status()).encoded).toBe(3);
    const answer = await search.search({ q: 'models remembering what they once knew', explain: true });
    expect(answer.mode).toBe('hybrid');
    expect(answer.hits[0]?.paper.id).toBe('2601.00001');
    const similar = await search.similar({ like: ['2601.00001'], limit: 1 });
    expect(similar.mode).toBe('meaning');
  });

  it('answers the worst of queries with papers or with nothing, and says what it did', async () => {
    const search = await open();
    await store(record(1, 'Wombats'));
    await expect.poll(() => found(search, 'wombats')).toHaveLength(1);
    const worst = [
      '',
      ' ',
      '"',
      '"""" ((((',
      '-',
      'title:',
      'date:.. cat: id:',
      'the of and',
      "'; drop table paper; --",
      '\u0000\u0007\u202e wombats',
      '🦘🦘',
      'ваттом 有袋 وومبات',
      'a'.repeat(100_000),
      'wombats '.repeat(10_000),
      `${'('.repeat(5_000)}a+${')*'.repeat(5_000)}`,
      Array.from({ length: 10_000 }, (_, i) => `word${i}`).join(' '),
    ];
    for (const q of worst) {
      const answer = await search.search({ q, facets: true, explain: true, feedback: true });
      expect(answer.hits.length).toBeLessThanOrEqual(1);
      expect(answer.searched.length).toBeLessThanOrEqual(600);
      if (q.length > 250) expect(answer.notes.join(' ')).toMatch(/250 characters/);
    }
  });

  it('refuses counts that are none and examples that are not there, in one sentence', async () => {
    const search = await open();
    await search.caughtUp();
    await expect(search.search({ q: 'x', limit: 1000 })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(search.similar({ like: [] })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(search.similar({ like: ['2601.99999'] })).rejects.toMatchObject({ code: 'not-found' });
  });
});

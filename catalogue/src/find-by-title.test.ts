import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findByTitle, findMatchesOfPagePapers, listPagePapers } from './find-by-title.ts';
import { readPaper } from './read-paper.ts';
import { storePage } from './store.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';
import { markWithdrawn } from './withdraw.ts';

let database: TestDatabase;
const store = (...papers: { id: string; title: string; aliases?: string[] }[]) =>
  storePage(database.db, { source: 'import', records: papers });
const find = async (title: string) => (await findByTitle(database.db, [title])).get(title);

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

describe('finding a paper by its title', () => {
  it('looks past case, punctuation, spaces and Unicode forms', async () => {
    await store({ id: '2601.00001', title: 'Multi-Sample  Dropout: “Caf\u00e9”—ﬁne' });
    for (const title of [
      'multi sample dropout cafe\u0301 fine',
      'MULTISAMPLE DROPOUT "CAFÉ": FINE',
      'Multi‐Sample\nDropout, ‘Café’ fine',
    ])
      expect(await find(title)).toBe('2601.00001');
    expect(await find('Multi-Sample Dropout: Cafe fine')).toBeUndefined();
  });

  it('keeps every script, and finds nothing by signs alone', async () => {
    await store(
      { id: '2601.00002', title: '一篇论文' },
      { id: '2601.00003', title: '另一篇论文' },
      { id: '2601.00004', title: '!?' },
    );
    expect(await find('一篇 论文')).toBe('2601.00002');
    expect(await find('…')).toBeUndefined();
    expect(await find('?!')).toBeUndefined();
  });

  it('finds nothing when several papers have the title', async () => {
    await store({ id: '2601.00005', title: 'Part I' }, { id: '2601.00006', title: 'Part I' });
    expect(await find('Part I')).toBeUndefined();
  });

  it('prefers a paper with an id of its own to one that waits for it', async () => {
    await store({ id: 'page:waiting', title: 'Waiting for an id' });
    expect(await find('Waiting for an id')).toBe('page:waiting');
    expect(await findMatchesOfPagePapers(database.db)).toEqual([]);
    expect(await listPagePapers(database.db, 5)).toEqual([
      { paperId: 'page:waiting', title: 'Waiting for an id' },
    ]);
    await store({ id: '2601.00007', title: 'Waiting for an ID.' });
    expect(await find('Waiting for an id')).toBe('2601.00007');
    expect(await findMatchesOfPagePapers(database.db)).toEqual([
      { pageId: 'page:waiting', paperId: '2601.00007', title: 'Waiting for an ID.' },
    ]);
  });

  it('holds titles of any length', async () => {
    const title = Array.from({ length: 20_000 }, (_, at) => `word${at}`).join(' ');
    await store({ id: '2601.00008', title });
    expect(await find(title.toUpperCase())).toBe('2601.00008');
  });
});

describe('a deleted paper', () => {
  it('is marked withdrawn under whichever id it stands', async () => {
    await store({ id: '2601.00009', title: 'Known twice', aliases: ['page:known-twice'] });
    expect(await markWithdrawn(database.db, ['page:known-twice', '2601.99999'])).toBe(1);
    expect(await markWithdrawn(database.db, ['2601.00009'])).toBe(0);
    expect(await readPaper(database.db, '2601.00009')).toMatchObject({ withdrawn: true });
  });
});

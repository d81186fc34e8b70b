import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFeed, readPaper, storePage } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageId, readDailyPage, repairSavedText } from './daily-page.ts';
import { ingestPage } from './ingest-page.ts';
import { matchPagePapers } from './lookup-title.ts';
import { createPoliteFetch } from './polite-fetch.ts';
import type { IngestContext } from './run.ts';
import * as replay from './testing/replay-server.ts';
import { hasSharedData, readShared, sharedPath, skipReason } from './testing/shared-data.ts';

const head = [
  'new',
  '',
  'Get trending papers in your email inbox!',
  '',
  'Subscribe',
  '',
  'Daily Papers',
  '',
  'byAK and the research community',
  '',
];
const entryLines = (
  title: string,
  authors: string,
  date: string,
  abstract = `An invented abstract of ${title}.`,
) => [title, '', abstract, '', `  • ${authors}`, '·', date, ''];
const page = (printed: string | undefined, ...entries: string[][]) =>
  [...head, ...(printed === undefined ? [] : [printed, '']), ...entries.flat()].join('\n').trimEnd();

describe('a saved page', () => {
  it('gives title, abstract, number of authors, date and comments of each entry', () => {
    const text = page(
      'Feb 6',
      entryLines('A First Paper', '1 authors', 'Dec 2, 2025 3'),
      entryLines('A Second: Paper', '12 authors', 'Jun 26, 2023'),
    );
    expect(readDailyPage(text)).toEqual({
      day: '2026-02-06',
      refused: [],
      entries: [
        {
          title: 'A First Paper',
          abstract: 'An invented abstract of A First Paper.',
          authorCount: 1,
          publishedOn: '2025-12-02',
          commentCount: 3,
        },
        {
          title: 'A Second: Paper',
          abstract: 'An invented abstract of A Second: Paper.',
          authorCount: 12,
          publishedOn: '2023-06-26',
          commentCount: 0,
        },
      ],
    });
  });

  it('stands for the earliest year in which no entry is later than its day', () => {
    const dayOf = (printed: string, published: string) =>
      readDailyPage(page(printed, entryLines('A Paper', '2 authors', published))).day;
    expect(dayOf('Feb 6', 'Feb 6, 2026')).toBe('2026-02-06');
    expect(dayOf('Feb 6', 'Feb 7, 2025')).toBe('2026-02-06');
    expect(dayOf('Feb 29', 'Jan 1, 2025')).toBe('2028-02-29');
    expect(dayOf('Dec 31', 'Jan 1, 2025')).toBe('2025-12-31');
  });

  it('takes the day it is told, and refuses to guess one', () => {
    const text = page(undefined, entryLines('A Paper', '2 authors', 'Feb 6, 2026'));
    expect(readDailyPage(text, '2026-03-01').day).toBe('2026-03-01');
    expect(() => readDailyPage(text)).toThrow(/--day/);
    expect(() => readDailyPage('nothing of the kind')).toThrow(/no entry/);
  });

  it('refuses a broken entry by its line and takes the others', () => {
    const broken = page(
      'Feb 6',
      entryLines('Good', '2 authors', 'Jan 2, 2026'),
      entryLines('Bad', '2 authors', 'Feb 31, 2026'),
      entryLines('Fine', '3 authors', 'Jan 3, 2026'),
    );
    const read = readDailyPage(broken);
    expect(read.entries.map(({ title }) => title)).toEqual(['Good', 'Fine']);
    expect(read.refused).toEqual([
      { id: expect.stringMatching(/^line \d+: Bad$/), reason: 'an entry without a date' },
    ]);
    const cut = readDailyPage(
      `${page('Feb 6', entryLines('Good', '2 authors', 'Jan 2, 2026'))}\n\nHalf of a`,
    );
    expect(cut.refused).toEqual([{ id: expect.any(String), reason: 'the page breaks off in "Half of a"' }]);
  });

  it('reads any line ends, and never anything but its two errors', () => {
    const text = page('Feb 6', entryLines('A Paper', '2 authors', 'Jan 2, 2026'));
    expect(readDailyPage(text.replaceAll('\n', '\r\n'))).toEqual(readDailyPage(text));
    const line = fc.constantFrom(
      '  • 3 authors',
      '·',
      'Jan 2, 2026',
      'Feb 6',
      'A title',
      '',
      'Feb 31, 2026 9',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        try {
          readDailyPage(lines.join('\n'));
        } catch (error) {
          expect(error).toMatchObject({ code: 'damaged-file' });
        }
      }),
    );
  });

  it('repairs what saving broke and nothing else', () => {
    expect(repairSavedText('machine-oriented compressionx2013which')).toBe(
      'machine-oriented compression–which',
    );
    expect(repairSavedText('the modelx2019s own')).toBe('the model’s own');
    expect(repairSavedText('can be {it misaligned} with')).toBe('can be misaligned with');
    for (const kept of [
      '0x2013',
      '1024x2014 pixels',
      'a <sks> dog',
      'costs $5 and $x',
      '\\textbf{bold}',
      'x2013 alone',
      '{item}',
    ])
      expect(repairSavedText(kept)).toBe(kept);
  });

  it('names unknown papers by their title, at most 60 characters, cut at a word', () => {
    expect(pageId('A-STAR: Test-time  Things')).toBe('page:a-star-test-time-things');
    expect(pageId('Über die Größe')).toBe('page:uber-die-gro-e');
    expect(pageId('一篇论文')).toMatch(/^page:[a-z0-9-]+$/);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (title) =>
        /^page:[a-z0-9](?:[a-z0-9-]{0,59})$/.test(pageId(title)),
      ),
    );
  });

  it.skipIf(!hasSharedData)(
    `of the seed gives exactly 39 entries, repaired, on 2026-02-06${skipReason}`,
    () => {
      const read = readDailyPage(readShared('seed', 'daily-papers-page.txt'));
      expect(read.day).toBe('2026-02-06');
      expect(read.refused).toEqual([]);
      expect(read.entries).toHaveLength(39);
      expect(new Set(read.entries.map(({ title }) => pageId(title))).size).toBe(39);
      for (const { abstract, authorCount } of read.entries) {
        expect(abstract?.length).toBeGreaterThan(200);
        expect(abstract).not.toMatch(/x20\d\d|\{it /);
        expect(authorCount).toBeGreaterThan(0);
      }
      expect(read.entries.filter(({ commentCount }) => commentCount > 0)).toHaveLength(6);
      expect(read.entries.some(({ abstract }) => abstract?.includes('<sks>'))).toBe(true);
    },
  );
});

describe('ingesting a saved page', () => {
  let database: TestDatabase;
  let context: IngestContext;
  const folder = mkdtempSync(join(tmpdir(), 'offprint-page-'));
  const save = (name: string, text: string | Uint8Array) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  beforeAll(async () => {
    database = await createTestDatabase();
    context = { db: database.db, fetch: createPoliteFetch({ db: database.db, contact: 'x' }) };
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.close();
  });

  const feed = (day: string) =>
    readFeed(database.db, {
      from: day,
      to: day,
      crossLists: true,
      replacements: true,
      hasCode: false,
      sort: 'newest',
      limit: 100,
      offset: 0,
    });

  it('matches titles the catalogue knows, and lets the others stand until it does', async () => {
    await storePage(database.db, {
      source: 'arxiv-api',
      records: [{ id: '2501.00001', title: 'Known — Paper: on “Things”' }],
    });
    const file = save(
      'a.txt',
      page(
        'Feb 6',
        entryLines('Known Paper On Things', '2 authors', 'Jan 2, 2026 4'),
        entryLines('An Unknown Paper', '3 authors', 'Jan 3, 2026'),
      ),
    );
    expect(await ingestPage(context, { file })).toMatchObject({
      outcome: 'succeeded',
      created: 1,
      updated: 1,
      refused: 0,
    });
    expect(await readPaper(database.db, '2501.00001')).toMatchObject({
      title: 'Known — Paper: on “Things”',
      commentCount: 4,
    });
    expect((await feed('2026-02-06')).entries.map((entry) => entry.paper.id).sort()).toEqual([
      '2501.00001',
      'page:an-unknown-paper',
    ]);
    expect(await ingestPage(context, { file })).toMatchObject({ created: 0, updated: 0, unchanged: 2 });

    await storePage(database.db, {
      source: 'arxiv-oai',
      records: [{ id: '2501.00002', title: 'An unknown paper' }],
    });
    expect(await matchPagePapers(context, { limit: 0 })).toBe(1);
    expect(await readPaper(database.db, 'page:an-unknown-paper')).toMatchObject({
      id: '2501.00002',
      abstract: 'An invented abstract of An Unknown Paper.',
    });
    expect((await feed('2026-02-06')).entries.map((entry) => entry.paper.id).sort()).toEqual([
      '2501.00001',
      '2501.00002',
    ]);
    // The page's number of authors goes to the paper it was matched with; then everything is known.
    await ingestPage(context, { file });
    expect(await ingestPage(context, { file })).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it('asks arXiv about titles when it may', async () => {
    const server = await replay.startReplayServer((request, response, url) => {
      const asked = url.searchParams.get('search_query') ?? '';
      const entry = asked.includes('Sought')
        ? '<entry><id>http://arxiv.org/abs/2503.00001v1</id><title>A Sought Paper</title><summary>From arXiv.</summary></entry>'
        : '';
      replay.reply(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`)(request, response, url);
    });
    const fetch = createPoliteFetch({ db: database.db, contact: 'x', allowPrivateHosts: [server.host] });
    const file = save(
      'b.txt',
      page(
        'Mar 6',
        entryLines('A "Sought" Paper', '2 authors', 'Jan 2, 2026'),
        entryLines('Never Heard Of', '3 authors', 'Jan 3, 2026'),
      ),
    );
    const report = await ingestPage(
      { ...context, fetch },
      { file, lookUp: true, base: `${server.origin}/api/query` },
    );
    await server.close();
    expect(report.notes).toEqual(['1 of 2 papers have no known id yet and stand under page: ids.']);
    expect(
      server.requests.map((path) => new URL(path, server.origin).searchParams.get('search_query')),
    ).toEqual(['ti:"A Sought Paper"', 'ti:"Never Heard Of"']);
    expect(await readPaper(database.db, '2503.00001')).toMatchObject({ abstract: 'From arXiv.' });
  });

  it('keeps two unknown papers apart whose titles begin alike', async () => {
    const long = 'a very long beginning of a title that goes on and on for more than sixty characters';
    const file = save(
      'c.txt',
      page(
        'Apr 6',
        entryLines(`${long} one`, '2 authors', 'Jan 2, 2026'),
        entryLines(`${long} two`, '3 authors', 'Jan 3, 2026'),
      ),
    );
    expect(await ingestPage(context, { file })).toMatchObject({ created: 2 });
    expect(await ingestPage(context, { file })).toMatchObject({ created: 0, unchanged: 2 });
  });

  it('reads HTML: by its embedded data with ids, else by its text', async () => {
    const data = {
      dailyPapers: [{ paper: { id: '2504.00001', title: 'An embedded paper', upvotes: 3 } }],
      dateString: '2026-05-04',
    };
    const props = JSON.stringify(data).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    const file = save('d.html', `<!doctype html><html><body><div data-props="${props}"></div></body></html>`);
    expect(await ingestPage(context, { file })).toMatchObject({ created: 1 });
    expect((await feed('2026-05-04')).entries.map((entry) => entry.paper.id)).toEqual(['2504.00001']);
    const html = `<html><head><title>x</title></head><body><h2>Feb 7</h2><article><h3>A Drawn Paper &amp; More</h3><p>Its abstract.</p><ul><li>4 authors</li></ul><div>·</div><time>Jan 5, 2026</time></article></body></html>`;
    expect(await ingestPage(context, { file: save('e.html', html) })).toMatchObject({
      created: 1,
      refused: 0,
    });
    expect(await readPaper(database.db, 'page:a-drawn-paper-more')).toMatchObject({
      title: 'A Drawn Paper & More',
      abstract: 'Its abstract.',
      authorCount: 4,
    });
  });

  it('says what is wrong with a file that is no page', async () => {
    await expect(ingestPage(context, { file: join(folder, 'none') })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(
      ingestPage(context, { file: save('f.txt', Buffer.from([0xff, 0xfe, 0x41])) }),
    ).rejects.toMatchObject({ code: 'damaged-file' });
    await expect(ingestPage(context, { file: save('g.txt', 'hello') })).rejects.toMatchObject({
      code: 'damaged-file',
    });
    await expect(ingestPage(context, { file: save('h.txt', 'x'), day: '2026-02-31' })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  it.skipIf(!hasSharedData)(`brings all 39 papers of the seed page onto one day${skipReason}`, async () => {
    const report = await ingestPage(context, { file: sharedPath('seed', 'daily-papers-page.txt') });
    expect(report).toMatchObject({ outcome: 'succeeded', fetched: 39, refused: 0 });
    const seeded = (await feed('2026-02-06')).entries.filter(
      ({ paper }) => paper.abstract !== null && paper.abstract.length > 200,
    );
    expect(seeded).toHaveLength(39);
  });
});

// What readers and crawlers get at each address: the whole site on a database of its own.
import {
  type PaperRecord,
  plantStarter,
  readStarterRecords,
  recordFeedDay,
  storePage,
} from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import { type RunningSearch, standardAttention } from '@offprint/discovery';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, type ParserError, parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteApp } from '../app.ts';
import { createSite } from '../site.ts';
import { openTestSearch } from '../testing/search.ts';

const html = 'text/html,application/xhtml+xml,*/*;q=0.8';
const longText = `${'A long text that goes on and on. '.repeat(3100)}`;

/** Papers that are as unkind as papers can be; every one is invented. */
const unkind: readonly PaperRecord[] = [
  {
    id: 'test:html',
    title: '<script>alert(1)</script> & "quoted"',
    abstract: '</p></article><img src=x onerror=alert(1)><!-- \u202e reversed',
  },
  {
    id: 'test:latex',
    title: 'Broken $\\frac{1}{$ and {unclosed \\emph{title',
    abstract: '$$\\begin{align} x $$ costs $5 or $10 \\href{javascript:alert(1)}{here}',
  },
  { id: 'test:long', title: 'Long '.repeat(20_000), abstract: longText },
  { id: 'test:rtl', title: 'שלום \u202e\u2066 مرحبا 👩‍🔬', abstract: `z${'\u0301'.repeat(300)}` },
  {
    id: 'test:links',
    title: 'Links',
    links: [
      { kind: 'code', url: 'javascript:alert(1)' },
      { kind: 'project', url: 'https://x.example/"onclick=' },
    ],
    doi: '10.1/<b>"',
    licence: 'javascript:alert(2)',
    authors: [{ name: '<b>A. Author</b>' }],
  },
];

const listed = (
  record: PaperRecord,
  day: string,
  announce: 'new' | 'cross' | 'replace' = 'new',
): PaperRecord => ({
  ...record,
  listings: [{ day, feed: 'arxiv', announce }],
});

const ordinary: readonly PaperRecord[] = [
  ...Array.from({ length: 120 }, (_, i) =>
    listed(
      {
        id: `2602.${String(i + 1).padStart(5, '0')}`,
        title: `Paper Number ${i}`,
        upvotes: i,
        categories: [i % 2 ? 'cs.LG' : 'math.OC'],
        abstract: `An abstract with $x_${i}$. `.repeat(9),
        authors: [{ name: 'A. Author' }],
      },
      '2026-02-10',
    ),
  ),
  listed({ id: '2602.01001', title: 'A Cross-list', categories: ['q-bio.NC'] }, '2026-02-10', 'cross'),
  listed({ id: '2602.01002', title: 'A Replacement', categories: ['cs.LG'] }, '2026-02-10', 'replace'),
  listed(
    {
      id: '2602.01003',
      title: 'A Withdrawn One',
      withdrawn: true,
      publishedAt: '2026-02-09T00:00:00.000Z',
      authors: [{ name: 'A. Author' }, { name: 'B. Author' }],
    },
    '2026-02-09',
  ),
  listed(
    { id: 'hep-th/9901001', title: 'An Old One', publishedAt: '1999-01-01T00:00:00.000Z' },
    '2026-02-09',
  ),
  {
    id: '2306.14544',
    title: 'The starter paper again',
    abstract: 'Its real abstract, invented for this test.',
  },
];

let database: TestDatabase;
let search: RunningSearch;
let app: SiteApp;
const queued: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await plantStarter(db);
  await storePage(db, {
    source: 'import',
    records: [...ordinary, ...unkind.map((record) => listed(record, '2026-02-11'))],
  });
  await recordFeedDay(db, 'arxiv-rss', '2026-02-12', 'empty');
  search = await openTestSearch(database);
  app = createSite(
    {
      db,
      calendar: { zone: 'America/New_York', opensAt: '21:30' },
      now: () => Temporal.Instant.from('2026-02-16T17:00:00Z'),
      publicUrl: 'http://papers.test',
      requestIndexing: async (id) => {
        queued.push(id);
        return id.startsWith('2401') ? 'queued' : 'unavailable';
      },
      trending: standardAttention,
      search,
    },
    { rateLimit: false },
  );
});
afterAll(async () => {
  await search?.close();
  await database?.close();
});

interface Got {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

async function get(path: string, accept = html): Promise<Got> {
  const response = await app.request(path, { headers: { accept }, redirect: 'manual' });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

type Node = DefaultTreeAdapterTypes.Node;

/** Every element of a page, and what a parser of the standard complained about. */
function parsed(text: string): {
  readonly elements: DefaultTreeAdapterTypes.Element[];
  readonly errors: string[];
} {
  const errors: string[] = [];
  const document = parse(text, { onParseError: (error: ParserError) => errors.push(error.code) });
  const elements: DefaultTreeAdapterTypes.Element[] = [];
  const walk = (node: Node): void => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(document);
  return { elements, errors };
}

const attribute = (element: DefaultTreeAdapterTypes.Element, name: string): string | undefined =>
  element.attrs.find((attr) => attr.name === name)?.value;

const titlesOf = (text: string): string[] =>
  Array.from(text.matchAll(/data-open[^>]*><bdi>(.*?)<\/bdi>/g), (m) => m[1] ?? '');

const everyPage = [
  '/',
  '/date/2026-02-06',
  '/date/2026-02-10',
  '/date/2026-02-10?sort=trending&p=2',
  '/date/2026-02-10?show=replacements',
  '/date/2026-02-10?include=astro-ph',
  '/date/2026-02-11',
  '/date/2026-02-07',
  '/date/2026-02-12',
  '/week/2026-W06',
  '/month/2026-02',
  '/trending',
  '/about',
  '/about/search',
  '/about/trending',
  '/search?q=abstract&explain=1',
  '/search?q=title',
  '/similar?like=test:html&like=test:latex&like=test:rtl&like=test:long',
  '/topics',
  '/lab',
  '/lab?verdict=not-tried',
  '/lab/about',
  '/papers/2408.11029?try=1',
  '/status',
  '/papers/2306.14544',
  '/papers/2602.00001',
  '/papers/2602.01003',
  '/papers/hep-th/9901001',
  ...unkind.map(({ id }) => `/papers/${id}`),
  '/papers/2401.99999',
  '/papers/nonsense',
  '/date/2027-01-01',
  '/date/x',
];

describe('every page', () => {
  it.each(everyPage)('%s is well-formed, loads nothing foreign, runs nothing inline', async (path) => {
    const { text, status } = await get(path);
    expect(status).toBeLessThan(500);
    const { elements, errors } = parsed(text);
    expect(errors).toEqual([]);
    for (const element of elements) {
      expect(['iframe', 'object', 'embed', 'style', 'img', 'base']).not.toContain(element.tagName);
      for (const { name, value } of element.attrs) {
        expect(name).not.toMatch(/^on|^style$/);
        if (['href', 'src', 'action'].includes(name)) expect(value).toMatch(/^(?:https?:\/\/|\/(?!\/)|#)/);
      }
      const loads =
        element.tagName === 'script' ||
        (element.tagName === 'link' && ['stylesheet', 'icon'].includes(attribute(element, 'rel') ?? ''));
      if (loads && attribute(element, 'type') !== 'application/ld+json')
        expect(attribute(element, 'src') ?? attribute(element, 'href')).toMatch(/^\/(?:assets\/|favicon)/);
    }
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(elements.filter(({ tagName }) => tagName === 'h1')).toHaveLength(1);
  });

  it('names each page by a title of its own', async () => {
    expect((await get('/date/2026-02-06')).text).toContain(
      '<title>Friday, 6 February 2026 · Offprint</title>',
    );
  });
});

describe('feed pages', () => {
  it('show the 39 starter papers on their day, each with a summary labelled as ours', async () => {
    const { text } = await get('/date/2026-02-06');
    expect(titlesOf(text)).toHaveLength(39);
    expect(text.match(/class="label">Offprint summary/g)).toHaveLength(39);
    expect((await readStarterRecords()).length).toBe(39);
  });

  it('keep our summary beside the real abstract once that is there', async () => {
    for (const path of ['/date/2026-02-06', '/papers/2306.14544']) {
      const { text } = await get(path);
      expect(text).toContain('Its real abstract, invented for this test.');
      expect(text).toContain('Offprint summary');
    }
  });

  it('open with the newest day that has papers', async () => {
    expect((await get('/')).text).toContain('Wednesday, 11 February 2026');
  });

  it('step over empty days', async () => {
    const { text } = await get('/date/2026-02-09');
    expect(text).toMatch(/rel="prev" href="\/date\/2026-02-06"/);
    expect(text).toMatch(/rel="next" href="\/date\/2026-02-10"/);
    expect((await get('/week/2026-W06')).text).toMatch(/rel="next" href="\/week\/2026-W07"/);
  });

  it('keep cross-lists and replacements apart from new papers', async () => {
    const plain = await get('/date/2026-02-10?include=cs,math,q-bio&sort=newest&p=1');
    expect(plain.text).not.toContain('A Cross-list');
    expect(plain.text).not.toContain('A Replacement');
    expect(titlesOf((await get('/date/2026-02-10?include=q-bio&cross=on')).text)).toEqual(['A Cross-list']);
    expect(titlesOf((await get('/date/2026-02-10?show=replacements')).text)).toEqual(['A Replacement']);
    expect((await get('/date/2026-02-10?include=q-bio')).text).toContain('Show 1 cross-list');
  });

  it('give fifty papers a page, most votes first, all of them once', async () => {
    const pages = await Promise.all([1, 2, 3].map((p) => get(`/date/2026-02-10?p=${p}`)));
    const titles = pages.flatMap(({ text }) => titlesOf(text));
    expect(titlesOf(pages[0]?.text ?? '')).toHaveLength(50);
    expect(titles).toEqual(Array.from({ length: 120 }, (_, i) => `Paper Number ${119 - i}`));
    expect((await get('/date/2026-02-10?p=9')).text).toContain('There is no page 9 here');
  });

  it('say why an empty day is empty', async () => {
    expect((await get('/date/2026-02-07')).text).toContain('Fridays and Saturdays');
    expect((await get('/date/2026-02-12')).text).toContain('arXiv RSS announced no papers for this day');
    expect((await get('/date/2026-02-13')).text).toContain('npx offprint ingest');
    expect((await get('/date/2026-02-16')).text).toContain('nothing has arrived for it so far');
  });

  it('say when a day to come opens', async () => {
    const { status, text } = await get('/date/2026-02-17');
    expect(status).toBe(404);
    expect(text).toContain('it opens on 16 Feb 2026, 21:30 (America/New_York)');
  });

  it('explain every place on the trending page', async () => {
    const { text } = await get('/trending');
    expect(text.match(/class="why"/g)).toHaveLength(titlesOf(text).length);
    expect(text).toMatch(/119 votes and 0 comments make an attention of 120/);
  });

  it('answer programs in JSON when they ask for what is not there', async () => {
    const { status, text } = await get('/date/nonsense', 'application/json');
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error: expect.stringMatching(/^Give a feed day/) });
  });
});

describe('the page of a paper', () => {
  it.each([
    ['/papers/2602.00001v3', '/papers/2602.00001'],
    ['/papers/arXiv:2602.00001', '/papers/2602.00001'],
    ['/papers/https://arxiv.org/pdf/2602.00001v1', '/papers/2602.00001'],
    ['/papers/2602.00001.pdf', '/papers/2602.00001'],
    ['/papers/hep-th%2F9901001', '/papers/hep-th/9901001'],
    ['/papers/hep-th/9901001v2.bib', '/papers/hep-th/9901001.bib'],
  ])('%s leads to %s', async (from, to) => {
    const { status, headers } = await get(from);
    expect([status, headers.get('location')]).toEqual([301, to]);
  });

  it('opens from any spelling given as a parameter', async () => {
    expect(
      (await get('/papers?id=https%3A%2F%2Farxiv.org%2Fabs%2F2602.00001v2')).headers.get('location'),
    ).toBe('/papers/2602.00001');
    expect((await get('/papers?id=what')).status).toBe(400);
  });

  it('tells Zotero, Google Scholar and search engines what it is', async () => {
    const { text } = await get('/papers/2602.01003');
    expect(text).toContain('<meta name="citation_title" content="A Withdrawn One"/>');
    expect(text.match(/name="citation_author"/g)).toHaveLength(2);
    expect(text).toContain('<meta name="citation_publication_date" content="2026/02/09"/>');
    expect(text).toContain('<meta name="citation_pdf_url" content="https://arxiv.org/pdf/2602.01003"/>');
    const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject({
      '@type': 'ScholarlyArticle',
      headline: 'A Withdrawn One',
      sameAs: 'https://arxiv.org/abs/2602.01003',
    });
  });

  it('holds its structured data whatever the title says', async () => {
    const { text } = await get('/papers/test:html');
    const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject({ headline: '<script>alert(1)</script> & "quoted"' });
  });

  it('says that a paper is withdrawn', async () => {
    expect((await get('/papers/2602.01003')).text).toContain('<strong>Withdrawn.</strong>');
  });

  it('links nothing that runs', async () => {
    const { text } = await get('/papers/test:links');
    expect(text).not.toMatch(/href="javascript:/i);
  });

  it('shows its neighbours of the day', async () => {
    const { text } = await get('/papers/2602.00060');
    expect(text).toMatch(/rel="prev" href="\/papers\/2602\.00061"/);
    expect(text).toMatch(/rel="next" href="\/papers\/2602\.00059"/);
  });

  it.each([
    ['bib', 'application/x-bibtex', '@misc{'],
    ['ris', 'application/x-research-info-systems', 'TY  - '],
    ['csl.json', 'application/vnd.citationstyles.csl+json', '['],
  ])('exports %s', async (ending, type, start) => {
    const { status, text, headers } = await get(`/papers/2602.01003.${ending}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain(type);
    expect(text.startsWith(start)).toBe(true);
  });

  it('of an unknown arXiv id offers to index it, and asks when told to', async () => {
    const { status, text } = await get('/papers/2401.99999');
    expect(status).toBe(404);
    expect(text).toContain('action="/papers/2401.99999" method="post"');
    const asked = await app.request('/papers/2401.99999', {
      method: 'POST',
      headers: { accept: html, 'sec-fetch-site': 'same-origin' },
    });
    expect([asked.status, queued]).toEqual([202, ['2401.99999']]);
    const refused = await app.request('/papers/2402.99999', {
      method: 'POST',
      headers: { accept: html, 'sec-fetch-site': 'same-origin' },
    });
    expect(refused.status).toBe(503);
    const foreign = await app.request('/papers/2401.99999', {
      method: 'POST',
      headers: { accept: html, 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign.status).toBe(403);
  });

  it('of an unknown id that is not arXiv’s is a plain 404', async () => {
    expect((await get('/papers/page:0123456789')).status).toBe(404);
  });
});

describe('any address at all', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      '2026-02-06',
      '2026-W06',
      '2602.00001',
      'arXiv:',
      '%00',
      '%',
      '..',
      '/',
      '?',
      'p=2',
      'sort=',
      '&',
    ),
  );
  const address = fc
    .tuple(
      fc.constantFrom(
        '/',
        '/date/',
        '/week/',
        '/month/',
        '/papers/',
        '/trending',
        '/papers?id=',
        '/date/2026-02-06?',
      ),
      fc.array(part, { maxLength: 4 }),
    )
    .map(([start, parts]) => start + parts.map((p) => encodeURIComponent(p.toWellFormed())).join(''));

  it('gives a page or one sentence, never a failure of ours', async () => {
    await fc.assert(
      fc.asyncProperty(address, async (path) => {
        const { status, text } = await get(path);
        expect(status, path).toBeLessThan(500);
        if (status >= 400) expect(text).toContain('<h1>');
      }),
      { numRuns: 150 },
    );
  });
});

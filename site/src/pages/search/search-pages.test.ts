// What readers get when they search: results, what they can be narrowed to, and a sentence for everything else.
import { OffprintError, type PaperRecord, saveTopic } from '@offprint/catalogue';
import type { SearchService } from '@offprint/discovery';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, type ParserError, parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite } from '../../site.ts';
import { openTestSite, type TestSite, testUrl } from '../../testing/site.ts';

const html = 'text/html,application/xhtml+xml,*/*;q=0.8';

/** Invented papers about invented things. */
const papers: readonly PaperRecord[] = [
  ...Array.from({ length: 60 }, (_, i) => ({
    id: `2605.${String(i + 1).padStart(5, '0')}`,
    title: `Zeolite Study ${i} with $\\frac{zeolite}{${i}}$`,
    abstract: `${'Words that say nothing stand at the beginning. '.repeat(12)}Here the zeolite of tokens is studied.`,
    authors: [{ name: 'A. Author' }],
    categories: [i % 2 === 0 ? 'cs.LG' : 'math.OC'],
    primaryCategory: i % 2 === 0 ? 'cs.LG' : 'math.OC',
    publishedAt: `20${25 + (i % 2)}-05-${String((i % 28) + 1).padStart(2, '0')}T00:00:00.000Z`,
    upvotes: i,
    ...(i === 0 ? { links: [{ kind: 'code' as const, url: 'https://code.example/x' }] } : {}),
  })),
  {
    id: 'test:hostile',
    title: '<script>alert(1)</script> hostileword & "quoted"',
    abstract: '</p><img src=x onerror=alert(1)> hostileword',
  },
];

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ rateLimit: false }, papers);
  await saveTopic(site.deps.db, { slug: 'zeolite', title: 'Zeolite', query: 'zeolite', examples: [] });
  await saveTopic(site.deps.db, { slug: 'like', title: 'Like <one>', query: '', examples: ['2605.00001'] });
  await saveTopic(site.deps.db, {
    slug: 'hostile',
    title: '<img src=x> \u202e \u0007 "$\\frac{1}{"',
    query: '"><img src=x> hostileword',
    examples: ['2401.99999'],
  });
  await saveTopic(site.deps.db, {
    slug: 'both',
    title: 'Both',
    query: 'zeolite',
    examples: ['2603.00001'],
  });
});
afterAll(() => site.close());

async function get(path: string, accept = html) {
  const response = await site.app.request(path, { headers: { accept }, redirect: 'manual' });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

type Element = DefaultTreeAdapterTypes.Element;

function parsed(text: string): { readonly elements: Element[]; readonly errors: string[] } {
  const errors: string[] = [];
  const elements: Element[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parse(text, { onParseError: (error: ParserError) => errors.push(error.code) }));
  return { elements, errors };
}

const attribute = (element: Element | undefined, name: string): string | undefined =>
  element?.attrs.find((attr) => attr.name === name)?.value;

const linksOf = (text: string): string[] =>
  parsed(text).elements.flatMap((element) =>
    element.tagName === 'a' ? (attribute(element, 'href') ?? []) : [],
  );

/** What stands in the search box. */
const boxOf = (text: string): string | undefined =>
  attribute(
    parsed(text).elements.find((element) => attribute(element, 'name') === 'q'),
    'value',
  );

const cardsOf = (text: string): string[] =>
  parsed(text).elements.flatMap((element) =>
    element.attrs.some(({ name }) => name === 'data-open') ? (attribute(element, 'href') ?? []) : [],
  );

describe('a page of results', () => {
  it('shows papers with what was searched marked, in titles and where it stands in the abstract', async () => {
    const { text, status } = await get('/search?q=zeolite');
    expect(status).toBe(200);
    expect(cardsOf(text)).toHaveLength(25);
    expect(text.match(/<mark>Zeolite<\/mark> Study/g)).toHaveLength(25);
    expect(text.match(/<p>… [^<]*Here the <mark>zeolite<\/mark> of tokens/g)).toHaveLength(25);
    expect(text).toContain('<title>zeolite · Search · Offprint</title>');
    expect(text).toContain('<meta name="robots" content="noindex"/>');
    expect(boxOf(text)).toBe('zeolite');
  });

  it('never marks inside of a formula', async () => {
    const { text } = await get('/search?q=zeolite');
    for (const [, maths] of text.matchAll(/<math[^>]*>(.*?)<\/math>/gs)) expect(maths).not.toContain('<mark');
    expect(text).toContain('<math');
  });

  it('leafs through all results, each once, and says so beyond the last', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => get(`/search?q=zeolite&page=${page}`)));
    const cards = pages.flatMap(({ text }) => cardsOf(text));
    expect([cards.length, new Set(cards).size]).toEqual([60, 60]);
    expect(pages[0]?.text).toMatch(/rel="next" href="\/search\?q=zeolite&amp;page=2"/);
    expect(pages[2]?.text).toMatch(/rel="prev" href="\/search\?q=zeolite&amp;page=2"/);
    for (const page of [4, 999_999]) {
      const { status, text } = await get(`/search?q=zeolite&page=${page}`);
      expect(status).toBe(200);
      expect(text).toContain(`There is no page ${page} here`);
    }
  });

  it('is ordered as asked', async () => {
    expect(cardsOf((await get('/search?q=zeolite&sort=votes')).text)[0]).toBe('/papers/2605.00060');
    const newest = cardsOf((await get('/search?q=zeolite&sort=newest')).text);
    expect(newest.slice(0, 2)).toEqual(['/papers/2605.00028', '/papers/2605.00056']);
  });

  it('narrows by words of the query, and takes them out again', async () => {
    const { text } = await get('/search?q=zeolite');
    const link = linksOf(text).find((href) => href.includes('cat:cs.LG'));
    expect(link).toBe('/search?q=zeolite+cat:cs.LG');
    const narrowed = await get(link ?? '');
    expect(cardsOf(narrowed.text).length).toBeGreaterThan(0);
    expect(linksOf(narrowed.text)).toContain('/search?q=zeolite');
    expect(narrowed.text).toContain('remove this filter');
  });

  it('leads to itself as a feed', async () => {
    const { text } = await get('/search?q=zeolite');
    expect(text).toContain('type="application/atom+xml" title="Offprint, papers on zeolite"');
    expect(text).toContain('href="/search/feed.atom?q=zeolite"');
  });

  it('explains every place when asked to', async () => {
    const { text } = await get('/search?q=zeolite&explain=1');
    expect(text.match(/<details class="why" open/g)).toHaveLength(25);
    expect((await get('/search?q=zeolite')).text).not.toContain('class="why"');
  });

  it('is kept by no cache: what someone searches is theirs', async () => {
    expect((await get('/search?q=zeolite')).headers.get('cache-control')).toBe('private, no-cache');
  });

  it.each([
    ['2605.00001', '/papers/2605.00001'],
    ['arXiv:2605.00001v3', '/papers/2605.00001'],
    ['https://arxiv.org/pdf/2401.99999', '/papers/2401.99999'],
    ['hep-th/9901001', '/papers/hep-th/9901001'],
    ['acl:2020.example-1', '/papers/acl:2020.example-1'],
  ])('is the paper itself for %s', async (q, to) => {
    const { status, headers } = await get(`/search?q=${encodeURIComponent(q)}`);
    expect([status, headers.get('location')]).toEqual([302, to]);
  });

  it('takes a field and a value for what they are, though they look like an id', async () => {
    expect((await get('/search?q=author:zeolite')).status).toBe(200);
  });

  it('says what to try when nothing matches', async () => {
    const { status, text } = await get('/search?q=zzzzqqqq+cat:cs.LG');
    expect(status).toBe(200);
    expect(text).toContain('No paper of this catalogue matches.');
    expect(linksOf(text)).toContain('/search?q=zzzzqqqq');
  });

  it('of nothing explains the query language', async () => {
    for (const path of ['/search', '/search?q=', '/search?q=%20%09', '/about/search']) {
      const { status, text } = await get(path);
      expect(status).toBe(200);
      expect(linksOf(text)).toContain('/search?q=cat:cs.LG');
    }
  });
});

describe('bad input', () => {
  it.each([
    ['/search?q=a&q=b', 'Give q once.'],
    ['/search?q=a&page=0', 'Give a page as a number'],
    ['/search?q=a&page=x', 'Give a page as a number'],
    ['/search?q=a&page=1&page=2', 'Give page once.'],
    ['/search?q=a&sort=best', 'Sort by relevance'],
    ['/search?q=a&explain=yes', 'Say explain=1'],
    [`/similar?${Array.from({ length: 21 }, (_, i) => `like=2605.000${10 + i}`).join('&')}`, 'Give up to 20'],
    ['/topics/zeolite?page=-1', 'Give a page as a number'],
  ])('%s is refused in one sentence', async (path, sentence) => {
    const { status, text } = await get(path);
    expect(status).toBe(400);
    expect(text).toContain(sentence);
  });

  it('of 100 kB is refused before it is read, and of thousands of characters is cut with a note', async () => {
    expect((await get(`/search?q=${'a'.repeat(100_000)}`)).status).toBe(414);
    const { status, text } = await get(`/search?q=${'zeolite '.repeat(300).replaceAll(' ', '+')}`);
    expect(status).toBe(200);
    expect(text).toContain('Only the first 250 characters were searched');
    expect(boxOf(text)?.length).toBeLessThanOrEqual(250);
  });

  it.each([
    'the of and',
    '"unbalanced zeolite',
    '🙂🙂 👩‍🔬',
    'שלום مرحبا \u202e\u2066',
    "'; drop table paper; --",
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '\u0001\u0007\u001b[31m zeolite\u009f',
    '((((((((((((((((',
    '-',
    'cat:',
    'date:2025-13..',
    '"'.repeat(250),
    'a:b:c::::',
  ])('%j is a well-formed page that shows it as text', async (q) => {
    const { status, text } = await get(`/search?q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    const { elements, errors } = parsed(text);
    expect(errors).toEqual([]);
    expect(elements.some((element) => element.tagName === 'img')).toBe(false);
    for (const element of elements)
      if (element.tagName === 'script') expect(attribute(element, 'src')).toMatch(/^\/assets\//);
  });

  it('of any kind is answered by a page', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 300 })
      .map((some) => some.toWellFormed().replaceAll('\0', ''));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/search?q=', '/similar?like=', '/topics/'),
        text,
        async (to, some) => {
          const { status, text: page } = await get(to + encodeURIComponent(some));
          expect(status, to).toBeLessThan(500);
          if (status < 300 || status >= 400) {
            expect(page).toContain('<h1');
            expect(parsed(page).errors).toEqual([]);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('in papers and topics stays text wherever a page shows it', async () => {
    for (const path of ['/similar?like=test:hostile&like=2605.00001', '/topics/hostile', '/topics']) {
      const { status, text } = await get(path);
      expect(status).toBe(200);
      const { elements, errors } = parsed(text);
      expect([path, errors]).toEqual([path, []]);
      expect(elements.some((element) => element.tagName === 'img')).toBe(false);
    }
  });

  it('in papers stays text, also where it is marked', async () => {
    const { text } = await get('/search?q=hostileword');
    expect(cardsOf(text)).toEqual(['/papers/test:hostile']);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; <mark>hostileword</mark>');
    expect(parsed(text).elements.some((element) => element.tagName === 'img')).toBe(false);
  });
});

describe('papers like these', () => {
  it('are led to from the page of every paper and from every result', async () => {
    const paper = await get('/papers/2605.00001');
    expect(paper.text).toContain('<h2 id="similar">Similar papers</h2>');
    expect(linksOf(paper.text)).toContain('/similar?like=2605.00001');
    expect(
      linksOf((await get('/search?q=zeolite')).text).some((href) => href.startsWith('/similar?like=')),
    ).toBe(true);
  });

  it('show their examples, which can be removed and added', async () => {
    const { status, text } = await get('/similar?like=2605.00001&like=arXiv:2605.00002v1');
    expect(status).toBe(200);
    expect(text).toContain('Papers like these');
    expect(linksOf(text)).toContain('/similar?like=2605.00002');
    const cards = cardsOf(text);
    expect(cards).toHaveLength(25);
    expect(cards).not.toContain('/papers/2605.00001');
    expect(
      linksOf(text).filter((href) => href.startsWith('/similar?like=2605.00001&like=2605.00002&like=')),
    ).toHaveLength(25);
    expect(text).toContain('href="/similar/feed.atom?like=2605.00001&amp;like=2605.00002"');
  });

  it('pass over what is not here, and say so', async () => {
    const { status, text } = await get('/similar?like=2605.00001&like=2401.00001');
    expect(status).toBe(200);
    expect(text).toContain('2401.00001');
    expect(text).toContain('passed over');
    const none = await get('/similar?like=2401.00001');
    expect(none.status).toBe(404);
    expect(none.text).toContain('This catalogue has no paper 2401.00001');
    expect((await get('/similar?like=nonsense')).status).toBe(404);
  });

  it('can be asked for by id where there is no example yet', async () => {
    for (const path of ['/similar', '/similar?like='])
      expect((await get(path)).text).toContain('name="like"');
  });
});

describe('topics', () => {
  it('are listed, with how to add one', async () => {
    const { text } = await get('/topics');
    expect(linksOf(text)).toEqual(
      expect.arrayContaining(['/topics/zeolite', '/topics/like', '/topics/both']),
    );
    expect(text).toContain('npx offprint topic add');
    expect(text).toContain('Like &lt;one&gt;');
  });

  it('show their papers newest first, page after page', async () => {
    for (const slug of ['zeolite', 'like', 'both']) {
      const first = await get(`/topics/${slug}`);
      const second = await get(`/topics/${slug}?page=2`);
      const dates = [first, second].flatMap(({ text }) =>
        [...text.matchAll(/<time datetime="([\d-]+)"/g)].map(([, day]) => day ?? ''),
      );
      expect(dates).toEqual(dates.toSorted().reverse());
      const cards = [...cardsOf(first.text), ...cardsOf(second.text)];
      expect([slug, cards.length, new Set(cards).size]).toEqual([slug, 50, 50]);
      expect(linksOf(first.text)).toContain(`/topics/${slug}?page=2`);
    }
  });

  it('end with their last page and say so behind it', async () => {
    expect((await get('/topics/zeolite?page=99')).text).toContain('There is no page 99 here');
    expect((await get('/topics/nothing')).status).toBe(404);
  });
});

describe('crawlers', () => {
  it('are led to the topics and kept from searches', async () => {
    expect((await get('/sitemap.xml')).text).toContain(`<loc>${testUrl}/sitemap/topics.xml</loc>`);
    expect((await get('/sitemap/topics.xml')).text).toContain(
      `<url><loc>${testUrl}/topics/zeolite</loc></url>`,
    );
    expect((await get('/robots.txt')).text).toMatch(/^Disallow: \/search$/m);
  });
});

describe('feeds of searches', () => {
  it.each(['/search/feed.atom?q=zeolite', '/similar/feed.atom?like=2605.00001', '/topics/both/feed.atom'])(
    '%s is Atom, newest first',
    async (path) => {
      const { status, text, headers } = await get(path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
      const [whole, ...entries] = [...text.matchAll(/<updated>([^<]+)<\/updated>/g)].map(
        ([, at]) => at ?? '',
      );
      expect(entries.length).toBeGreaterThanOrEqual(50);
      expect(entries).toEqual(entries.toSorted().reverse());
      expect(whole).toBe(entries[0]);
      expect(text).toContain(
        `<link rel="self" type="application/atom+xml" href="${testUrl}${path.replace('&', '&amp;')}"/>`,
      );
    },
  );

  it.each(['/search/feed.json?q=zeolite', '/similar/feed.json?like=2605.00001', '/topics/zeolite/feed.json'])(
    '%s is a JSON Feed',
    async (path) => {
      const { text, headers } = await get(path);
      expect(headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
      expect(JSON.parse(text)).toMatchObject({
        version: 'https://jsonfeed.org/version/1.1',
        feed_url: testUrl + path,
        items: expect.arrayContaining([expect.objectContaining({ url: `${testUrl}/papers/2605.00002` })]),
      });
    },
  );

  it('of nothing are refused', async () => {
    expect((await get('/search/feed.atom')).status).toBe(400);
    expect((await get('/similar/feed.atom')).status).toBe(404);
    expect((await get('/topics/none/feed.json')).status).toBe(404);
  });
});

describe('while papers are being read for their meaning', () => {
  const answering = (encoded: number): SearchService => ({
    ...site.deps.search,
    search: async (request) => ({ ...(await site.deps.search.search(request)), mode: 'words' }),
    status: async () => ({
      ...(await site.deps.search.status()),
      papers: 100,
      encoded,
      encoder: { name: 'an encoder', fingerprint: 'x' },
    }),
  });

  it('says that results are found by words, and says it no longer afterwards', async () => {
    const page = async (encoded: number): Promise<string> => {
      const app = createSite({ ...site.deps, search: answering(encoded) }, { rateLimit: false });
      return (await app.request('/search?q=zeolite', { headers: { accept: html } })).text();
    };
    expect(await page(10)).toContain('Papers are still being read for their meaning');
    expect(await page(100)).not.toContain('Papers are still being read');
    expect((await get('/search?q=zeolite')).text).not.toContain('Papers are still being read');
  });
});

describe('while the first index is being built', () => {
  const away = async (): Promise<never> => {
    throw new OffprintError('unavailable', 'Search is getting ready: try again in a moment.');
  };
  const unready: SearchService = {
    search: away,
    similar: away,
    complete: away,
    status: away,
    revision: () => '0',
  };

  it('searches are told to come back, and papers are shown without their like', async () => {
    const app = createSite({ ...site.deps, search: unready }, { rateLimit: false });
    for (const path of ['/search?q=zeolite', '/similar?like=2605.00001', '/topics/zeolite']) {
      const response = await app.request(path, { headers: { accept: html } });
      expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 503, '5']);
      expect(await response.text()).toContain('Search is getting ready');
    }
    const status = await app.request('/status', { headers: { accept: html } });
    expect(await status.text()).toContain('The index is being built');
    const api = await app.request('/api/papers/search?q=zeolite');
    expect([api.status, await api.json()]).toEqual([
      503,
      { error: 'Search is getting ready: try again in a moment.' },
    ]);
    const paper = await app.request('/papers/2605.00001', { headers: { accept: html } });
    expect(paper.status).toBe(200);
    expect(await paper.text()).not.toContain('Similar papers');
  });
});

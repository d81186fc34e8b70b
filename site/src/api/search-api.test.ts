// What programs get when they search: the shape that clients of the paper API expect, and all that search knows beside it.
import { type PaperRecord, saveTopic } from '@offprint/catalogue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestSite, type TestSite, testUrl } from '../testing/site.ts';
import { completionSchema, searchAnswerSchema, searchEntrySchema, topicSchema } from './search-schemas.ts';

const papers: readonly PaperRecord[] = Array.from({ length: 150 }, (_, i) => ({
  id: `2605.${String(i + 1).padStart(5, '0')}`,
  title: `Zeolite $\\alpha$ Number ${i}`,
  abstract: 'Zeolites are studied here.',
  authors: [{ name: 'A. Author' }],
  publishedAt: `2026-05-${String((i % 28) + 1).padStart(2, '0')}T00:00:00.000Z`,
  upvotes: i,
}));

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ rateLimit: false }, papers, { encoder: 'minilm' });
  await saveTopic(site.deps.db, { slug: 'zeolites', title: 'Zeolites', query: 'zeolite', examples: [] });
});
afterAll(() => site.close());

async function get<T>(path: string, schema: z.ZodType<T>): Promise<{ body: T; headers: Headers }> {
  const response = await site.app.request(path);
  expect([path, response.status]).toEqual([path, 200]);
  return { body: schema.parse(await response.json()), headers: response.headers };
}

async function refused(path: string, status = 400): Promise<string> {
  const response = await site.app.request(path);
  expect([path, response.status]).toEqual([path, status]);
  return z.object({ error: z.string() }).parse(await response.json()).error;
}

const entries = z.array(searchEntrySchema);
const idsOf = (list: z.infer<typeof entries>): string[] => list.map(({ paper }) => paper.id);

describe('GET /api/papers/search', () => {
  it('is a list of entries that tell title, summary and votes outside and inside, as clients read them', async () => {
    const { body, headers } = await get('/api/papers/search?q=zeolite', entries);
    expect(body).toHaveLength(20);
    expect(body[0]).toMatchObject({
      title: body[0]?.paper.title,
      summary: 'Zeolites are studied here.',
      publishedAt: body[0]?.paper.publishedAt,
      numComments: 0,
      isAuthorParticipating: false,
    });
    expect(body[0]).not.toHaveProperty('explanation');
    expect(headers.get('x-total-count')).toBe('150');
  });

  it('leads to its next page by an absolute link until there is none, and tells every paper once', async () => {
    const ids: string[] = [];
    let next: string | undefined = '/api/papers/search?q=zeolite&limit=40';
    while (next !== undefined) {
      const page: Awaited<ReturnType<typeof get<z.infer<typeof entries>>>> = await get(next, entries);
      ids.push(...idsOf(page.body));
      const link = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
      if (link !== undefined) expect(link.startsWith(`${testUrl}/api/papers/search?`)).toBe(true);
      next = link?.slice(testUrl.length);
    }
    expect([ids.length, new Set(ids).size]).toEqual([150, 150]);
  });

  it('gives up to 120 at once, in the order asked for', async () => {
    const { body } = await get('/api/papers/search?q=zeolite&limit=120&sort=votes', entries);
    expect(body.map(({ upvotes }) => upvotes)).toEqual(Array.from({ length: 120 }, (_, i) => 149 - i));
  });

  it('explains when asked to', async () => {
    const { body } = await get('/api/papers/search?q=zeolite&explain=1&limit=1', entries);
    expect(body[0]?.explanation?.parts.map(({ by }) => by)).toEqual(['words', 'meaning']);
  });

  it('is an empty list when no paper has the words', async () => {
    const { body, headers } = await get('/api/papers/search?q=qqqqzzzz&mode=words', entries);
    expect(body).toEqual([]);
    expect([headers.get('x-total-count'), headers.get('link')]).toEqual(['0', null]);
  });

  it.each([
    ['', /^Say what to search/],
    ['?q=', /^Say what to search/],
    ['?q=%20', /^Say what to search/],
    [`?q=${'a'.repeat(251)}`, /^q must be at most 250 characters/],
    ['?q=a&q=b', /^Give q once/],
    ['?q=a&limit=0', /^limit must be a whole number from 1 to 120/],
    ['?q=a&limit=121', /^limit must be/],
    ['?q=a&limit=x', /^limit must be/],
    ['?q=a&offset=-1', /^offset must be/],
    ['?q=a&sort=best', /^sort must be relevance, date or votes/],
    ['?q=a&mode=magic', /^mode must be hybrid, words or meaning/],
    ['?q=a&explain=perhaps', /^explain must be 1 or 0/],
    ['?q=a&feedback=2', /^feedback must be 1 or 0/],
  ])('refuses %j in one sentence', async (query, sentence) => {
    expect(await refused(`/api/papers/search${query}`)).toMatch(sentence);
  });

  it('takes 250 characters', async () => {
    await get(`/api/papers/search?q=${'a'.repeat(250)}`, entries);
  });
});

describe('GET /api/papers/similar', () => {
  it('tells papers like one or several, without them', async () => {
    for (const like of ['like=2605.00001', 'like=2605.00001&like=https://arxiv.org/abs/2605.00002v3']) {
      const { body } = await get(`/api/papers/similar?${like}&limit=5`, entries);
      expect(body).toHaveLength(5);
      expect(idsOf(body)).not.toContain('2605.00001');
    }
  });

  it('refuses what is not here', async () => {
    expect(await refused('/api/papers/similar?like=2605.00001&like=2401.00001', 404)).toMatch(
      /^Paper not found: this catalogue has no paper 2401\.00001/,
    );
    expect(await refused('/api/papers/similar')).toMatch(/^Say which papers/);
    expect(await refused('/api/papers/similar?like=')).toMatch(/^Say which papers/);
    expect(await refused(`/api/papers/similar?${'like=2605.00001&'.repeat(21)}`)).toMatch(/^Give at most 20/);
  });
});

describe('GET /api/search', () => {
  it('tells results, where the words stand in them, and what they can be narrowed to', async () => {
    const { body } = await get('/api/search?q=zeolite&limit=3&explain=1', searchAnswerSchema);
    expect(body).toMatchObject({ searched: 'zeolite', total: 150, capped: false, mode: 'hybrid', notes: [] });
    expect(body.hits).toHaveLength(3);
    const [hit] = body.hits;
    const marked = hit?.highlights?.title.map(([start, end]) => hit.paper.title.slice(start, end));
    expect(marked).toEqual(['Zeolite']);
    const inAbstract = hit?.highlights?.summary.map(([start, end]) => hit.paper.summary.slice(start, end));
    expect(inAbstract).toEqual(['Zeolites']);
    expect(body.facets?.years.length).toBeGreaterThan(0);
    expect(hit?.explanation?.terms.length).toBeGreaterThan(0);
  });
});

describe('GET /api/search/complete', () => {
  it('tells titles, with a text for those who cannot set LaTeX, and authors with their search', async () => {
    const { body } = await get('/api/search/complete?q=zeol&limit=2', completionSchema);
    expect(body.papers).toHaveLength(2);
    expect(body.papers[0]?.title).toContain('$\\alpha$');
    expect(body.papers[0]?.text).not.toContain('$');
    expect(body.papers[0]?.url).toBe(`${testUrl}/papers/${body.papers[0]?.id}`);
    const authors = (await get('/api/search/complete?q=author', completionSchema)).body.authors;
    expect(authors[0]?.url).toBe(`${testUrl}/search?q=author:%22A.+Author%22`);
  });

  it('knows nothing before anything is typed', async () => {
    for (const path of ['/api/search/complete', '/api/search/complete?q=', '/api/search/complete?q=%20'])
      expect((await get(path, completionSchema)).body).toEqual({ papers: [], authors: [] });
  });
});

describe('GET /api/topics', () => {
  it('tells every topic with its page and its feed', async () => {
    const { body } = await get('/api/topics', z.array(topicSchema));
    expect(body).toMatchObject([
      { slug: 'zeolites', url: `${testUrl}/topics/zeolites`, feed: `${testUrl}/topics/zeolites/feed.atom` },
    ]);
  });
});

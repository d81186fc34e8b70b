// The JSON API as clients meet it, on a real database.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestSite, type TestSite, testUrl } from '../testing/site.ts';
import { arxivReposSchema, dailyPaperSchema, errorSchema, paperInfoSchema, paperSchema } from './schemas.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

async function get<T>(
  path: string,
  schema: z.ZodType<T>,
  status = 200,
): Promise<{ body: T; headers: Headers }> {
  const response = await site.app.request(path);
  const text = await response.text();
  expect(`${response.status} ${response.status === status ? '' : text}`).toBe(`${status} `);
  return { body: schema.parse(JSON.parse(text)), headers: response.headers };
}
const daily = async (query: string) =>
  (await get(`/api/daily_papers${query}`, z.array(dailyPaperSchema))).body;
const refused = async (path: string, status = 400) => (await get(path, errorSchema, status)).body.error;

describe('GET /api/daily_papers', () => {
  it('tells the 39 papers of the starter day', async () => {
    expect(await daily('?date=2026-02-06')).toHaveLength(39);
  });

  it('tells each shared field both in the paper and around it', async () => {
    const [entry] = await daily('?date=2026-03-03');
    const shared = {
      title: 'A Complete Paper with $x^2$ & <b>Markup</b>',
      ai_summary: 'What others say.',
      ai_keywords: ['examples', 'tests'],
      githubRepo: 'https://github.com/example/code',
      githubStars: 7,
      projectPage: 'https://example.org/project',
      upvotes: 5,
      organization: {
        name: 'example',
        fullname: 'Example Org',
        avatar: 'https://example.org/a.png',
        avatarUrl: 'https://example.org/a.png',
      },
    };
    expect(entry).toMatchObject(shared);
    expect(entry?.paper).toMatchObject(shared);
    expect(entry).toMatchObject({
      numComments: 2,
      submittedBy: { name: 'reader', user: 'reader', fullname: 'A Reader', _id: 'u1' },
      publishedAt: '2026-03-02T23:00:00.000Z',
      paper: { publishedAt: '2026-03-01T12:00:00.000Z', submittedOnDailyAt: '2026-03-02T23:00:00.000Z' },
    });
  });

  it('leaves out what is not known instead of telling null', async () => {
    const [, old] = await daily('?date=2026-03-03');
    expect(JSON.stringify(old)).not.toContain('null');
    expect(old).not.toHaveProperty('githubRepo');
  });

  it('tells an empty day as an empty list', async () => {
    expect(await daily('?date=2026-02-07')).toEqual([]);
    expect(await daily('?date=0001-01-01')).toEqual([]);
  });

  it('reads weeks, months and submitters', async () => {
    expect(await daily('?week=2026-W06')).toHaveLength(39);
    expect(await daily('?month=2026-02')).toHaveLength(39);
    expect((await daily('?submitter=reader')).map((entry) => entry.paper.id)).toEqual(['2603.00001']);
  });

  it('without a day tells the newest first, 50 at most', async () => {
    const entries = await daily('');
    expect(entries[0]?.day).toBe('2026-03-03');
    expect(entries).toHaveLength(41);
  });

  it('hides cross-lists unless they are asked for', async () => {
    expect(await daily('?date=2026-03-02')).toEqual([]);
    expect(await daily('?date=2026-03-02&cross_lists=true')).toHaveLength(1);
  });

  it('pages without a gap or a repetition, along absolute Link addresses', async () => {
    const ids: string[] = [];
    let path: string | undefined = '/api/daily_papers?limit=7&month=2026-02&sort=trending';
    for (let pages = 0; path !== undefined; pages += 1) {
      expect(pages).toBeLessThan(10);
      const { body, headers }: { body: { paper: { id: string } }[]; headers: Headers } = await get(
        path,
        z.array(dailyPaperSchema),
      );
      ids.push(...body.map((entry) => entry.paper.id));
      const link: string | undefined = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      if (link !== undefined) expect(link.startsWith(`${testUrl}/api/daily_papers?`)).toBe(true);
      path = link?.slice(testUrl.length);
    }
    expect(ids).toHaveLength(39);
    expect(new Set(ids).size).toBe(39);
  });

  it.each([
    ['?date=2026-02-30', 'date must be a day of the calendar such as 2026-02-06.'],
    ['?date=tomorrow', 'date must be a day of the calendar such as 2026-02-06.'],
    ['?date=2026-03-05', 'date 2026-03-05 has not opened yet: the newest feed day is 2026-03-04.'],
    ['?week=2026-W54', 'week must be an ISO week that exists, such as 2026-W06.'],
    ['?week=2025-W53', 'week must be an ISO week that exists, such as 2026-W06.'],
    ['?week=2026-W00', 'week must be an ISO week that exists, such as 2026-W06.'],
    ['?month=2026-13', 'month must be a month such as 2026-02.'],
    ['?month=2026-04', 'month 2026-04 has not opened yet: the newest feed day is 2026-03-04.'],
    ['?date=2026-02-06&week=2026-W06', 'Give only one of date, week and month.'],
    ['?date=2026-02-06&date=2026-02-05', 'Give date once.'],
    ['?limit=0', 'limit must be a whole number from 1 to 100.'],
    ['?limit=101', 'limit must be a whole number from 1 to 100.'],
    ['?p=-1', 'p must be a whole number from 0 to 100000.'],
    ['?p=99999999999999999999', 'p must be a whole number from 0 to 100000.'],
    ['?sort=best', 'sort must be publishedAt or trending.'],
  ])('refuses %s with one sentence', async (query, sentence) => {
    expect(await refused(`/api/daily_papers${query}`)).toBe(sentence);
  });

  it('has a week 53 in a year that has one', async () => {
    expect(await daily('?week=2020-W53')).toEqual([]);
  });

  it('answers a page behind the last with an empty list', async () => {
    expect(await daily('?p=100000')).toEqual([]);
  });
});

describe('GET /api/papers/{id}', () => {
  it.each(['2603.00001', '2603.00001v2', 'arXiv:2603.00001', 'https%3A%2F%2Farxiv.org%2Fabs%2F2603.00001v1'])(
    'finds the paper spelled %s',
    async (id) => {
      expect((await get(`/api/papers/${id}`, paperInfoSchema)).body.id).toBe('2603.00001');
    },
  );

  it.each(['hep-th/9901001', 'hep-th%2F9901001', 'hep-th/9901001v1'])('finds the old id %s', async (id) => {
    const { body } = await get(`/api/papers/${id}`, paperInfoSchema);
    expect(body).toMatchObject({ id: 'hep-th/9901001', withdrawn: true });
  });

  it('tells versions, listings and who listed it', async () => {
    const { body } = await get('/api/papers/2603.00001', paperInfoSchema);
    expect(body.versions).toEqual([
      { number: 1, submittedAt: '2026-03-01T12:00:00.000Z', sizeBytes: 1000 },
      { number: 2, submittedAt: '2026-03-02T12:00:00.000Z' },
    ]);
    expect(body.listings).toHaveLength(1);
    expect(body.submittedOnDailyBy?.user).toBe('reader');
    expect(body).not.toHaveProperty('comments');
  });

  it('tells comments only when asked', async () => {
    const { body } = await get('/api/papers/2603.00001?field=comments', paperInfoSchema);
    expect(body.comments).toEqual([]);
    expect(await refused('/api/papers/2603.00001?field=secrets')).toBe('field must be comments.');
  });

  it('says that a paper is not here, and where to ask for it', async () => {
    expect(await refused('/api/papers/2401.00001', 404)).toBe(
      `Paper not found: this catalogue has no paper 2401.00001; ask for it at ${testUrl}/papers/2401.00001.`,
    );
    expect(await refused('/api/papers/nonsense', 404)).toMatch(/^Paper not found: this is no paper id/);
    expect(await refused('/api/papers/a/b/c/d', 404)).toMatch(/^There is nothing at this address/);
  });
});

describe('GET /api/papers', () => {
  it('tells every paper once, newest publication first, along its cursor', async () => {
    const seen: { id: string; publishedAt?: string | undefined }[] = [];
    let path: string | undefined = '/api/papers?limit=10';
    while (path !== undefined) {
      const { body, headers }: { body: typeof seen; headers: Headers } = await get(
        path,
        z.array(paperSchema),
      );
      seen.push(...body);
      path = /^<([^>]+)>/.exec(headers.get('link') ?? '')?.[1]?.slice(testUrl.length);
    }
    expect(new Set(seen.map((paper) => paper.id)).size).toBe(43);
    expect(seen).toHaveLength(43);
    expect(seen.at(-1)?.id).toBe('acl:2020.example-1');
    const dates = seen.flatMap((paper) => paper.publishedAt ?? []);
    expect(dates).toEqual(dates.toSorted().toReversed());
  });

  it('keeps to a category', async () => {
    const { body } = await get('/api/papers?category=math.OC', z.array(paperSchema));
    expect(body.map((paper) => paper.id)).toEqual(['2603.00002']);
  });

  it.each([
    ['text of another kind', 'x'],
    ['JSON of another shape', 'WzEsMl0'],
    ['nothing', ''],
    ['too much', 'a'.repeat(700)],
  ])('refuses a cursor that is %s', async (_kind, cursor) => {
    expect(await refused(`/api/papers?cursor=${cursor}`)).toMatch(/^cursor is not one of ours/);
  });
});

describe('GET /api/arxiv/{id}/repos', () => {
  it('tells the code beside the empty lists that clients expect', async () => {
    const { body } = await get('/api/arxiv/2603.00001/repos', arxivReposSchema);
    expect(body).toEqual({
      models: [],
      datasets: [],
      spaces: [],
      code: [{ kind: 'code', url: 'https://github.com/example/code', stars: 7 }],
      projects: [{ kind: 'project', url: 'https://example.org/project' }],
    });
    await get('/api/arxiv/hep-th/9901001/repos', arxivReposSchema);
    await refused('/api/arxiv/2401.00001/repos', 404);
  });
});

describe('a paper as Markdown', () => {
  it('is at its address with .md and behind Accept: text/markdown', async () => {
    const direct = await site.app.request('/papers/2603.00001.md');
    const negotiated = await site.app.request('/papers/2603.00001', { headers: { accept: 'text/markdown' } });
    expect(direct.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(direct.headers.get('link')).toBe(`<${testUrl}/papers/2603.00001>; rel="canonical"`);
    expect(negotiated.headers.get('vary')).toMatch(/Accept\b/);
    const text = await direct.text();
    expect(await negotiated.text()).toBe(text);
    expect(text).toContain('- Authors: A. Author, B. Author\n');
    expect(text).toContain('## Summary by Offprint\n\nWhat we say.\n');
  });

  it('gives no markup and no heading of its own to what sources wrote', async () => {
    const text = await (await site.app.request('/papers/2603.00001.md')).text();
    expect(text).toContain('# A Complete Paper with $x^2$ & \\<b>Markup\\</b>\n');
    expect(text).toContain('Second line with \\<script>');
    expect(text).toContain('\\# Not a heading');
  });

  it('knows old ids and says what is withdrawn', async () => {
    const response = await site.app.request('/papers/hep-th/9901001.md');
    expect(await response.text()).toContain('**This paper has been withdrawn.**');
  });

  it('is refused for a paper that is not here', async () => {
    expect(await refused('/papers/2401.00001.md', 404)).toMatch(/^Paper not found/);
  });
});

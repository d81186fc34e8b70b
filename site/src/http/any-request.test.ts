// Whatever anyone sends: no answer of ours blames ourselves, and every refusal is one plain sentence.
import fc from 'fast-check';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { openTestSite, type TestSite, testUrl } from '../testing/site.ts';
import { createLogger } from './log.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ rateLimit: false });
});
afterAll(() => site.close());

/** Asks and checks what holds for every answer. */
async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await site.app.fetch(new Request(testUrl + path, init));
  expect(response.status).toBeLessThan(500);
  const text = await response.text();
  expect(text).not.toMatch(/\n\s+at .*[:(]\d+|node_modules|\.ts:\d/);
  if (response.status >= 400 && init.method !== 'HEAD') {
    const sentence: unknown = response.headers.get('content-type')?.startsWith('application/json')
      ? JSON.parse(text).error
      : /<p[^>]*>([^<]{10,})</.exec(text)?.[1];
    expect(sentence).toMatch(/^[^\n]{10,400}[.:]?$/);
  }
  return response;
}

/** Any text as it might be typed after a slash, percent-encoded by the client or not at all. */
const segment = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.string({ maxLength: 40 }).map((text) => text.replace(/[#?\s\\]/g, '')),
  fc.constantFrom(
    '2603.00001',
    '2603.00001v99999',
    '9999.99999',
    'hep-th/9901001',
    'hep-th%2f9901001',
    '%00',
    '%ff%fe',
    '%c3%28',
    '%',
    '%zz',
    '..%2f..%2fetc%2fpasswd',
    'x'.repeat(3000),
    'acl:2020.example-1',
  ),
);
const path = fc
  .tuple(
    fc.constantFrom(
      '/',
      '/api/',
      '/api/papers/',
      '/api/arxiv/',
      '/papers/',
      '/sitemap/',
      '/assets/',
      '/date/',
      '/topics/',
      '/lab/',
      '/lab/data/',
      '/api/lab/',
    ),
    fc.array(segment, { maxLength: 3 }),
    fc.constantFrom('', '.md', '/repos', '/', '.xml', '.bib'),
  )
  .map(([root, segments, end]) => root + segments.join('/') + end);
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom(
    '2026-02-30',
    '2026-W54',
    '2026-13',
    '0000-00-00',
    '0000-01-01',
    '9999-12-31',
    '+275760-09-13',
    '-1',
    '1e9',
    'NaN',
    '0x10',
    '99999999999999999999',
    '%00',
    '%ff',
    '',
    '1',
    '100',
    'null',
    '[object Object]',
    '2026-02-06',
    "'; drop table paper; --",
    'a'.repeat(2000),
  ),
);
const name = fc.oneof(
  fc.constantFrom(
    'date',
    'week',
    'month',
    'submitter',
    'sort',
    'p',
    'limit',
    'cursor',
    'category',
    'feed',
    'field',
    'q',
    'like',
    'page',
    'offset',
    'explain',
    '__proto__',
    'constructor',
  ),
  fc.string({ maxLength: 10 }).map(encodeURIComponent),
);
const query = fc
  .array(fc.tuple(name, value), { maxLength: 4 })
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));

describe('any request', () => {
  it('to any path with any query is answered without a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(path, query, fc.constantFrom('GET', 'HEAD'), async (where, asked, method) => {
        await ask(`${where}?${asked}`, { method });
      }),
      { numRuns: 400 },
    );
  });

  it('to the lists with any parameters is answered without a fault of ours', async () => {
    const routes = fc.constantFrom(
      '/api/daily_papers',
      '/api/papers',
      '/api/papers/2603.00001',
      '/api/papers/search',
      '/api/papers/similar',
      '/api/search',
      '/api/search/complete',
      '/search',
      '/search/feed.atom',
      '/similar',
      '/similar/feed.json',
    );
    await fc.assert(
      fc.asyncProperty(routes, query, async (where, asked) => {
        await ask(`${where}?${asked}`);
      }),
      { numRuns: 400 },
    );
  });

  it('with any headers is answered without a fault of ours', async () => {
    const headerValue = fc.oneof(
      fc.string({ maxLength: 80 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
      fc.constantFrom(
        '*/*;q=x',
        'text/html;q=2',
        ',,,;;;',
        'gzip;q=0, *;q=0',
        'W/"',
        '*',
        'bytes=0-',
        'a'.repeat(5000),
      ),
    );
    const headerName = fc.constantFrom(
      'accept',
      'accept-encoding',
      'if-none-match',
      'x-forwarded-for',
      'x-forwarded-proto',
      'x-request-id',
      'origin',
      'sec-fetch-site',
      'cookie',
      'authorization',
      'range',
      'content-type',
      'content-length',
    );
    const where = fc.constantFrom('/', '/api/daily_papers', '/papers/2603.00001', '/favicon.svg', '/nowhere');
    await fc.assert(
      fc.asyncProperty(where, fc.dictionary(headerName, headerValue, { maxKeys: 5 }), async (to, headers) => {
        await ask(to, { headers });
      }),
      { numRuns: 300 },
    );
  });

  it('with any method and body is answered without a fault of ours', async () => {
    const method = fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY', 'PROPFIND', 'X-ANY');
    const where = fc.constantFrom(
      '/',
      '/api/papers',
      '/api/papers/2603.00001',
      '/papers/2401.00001',
      '/healthz',
      '/no',
    );
    const type = fc.constantFrom(
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data',
      'x',
    );
    await fc.assert(
      fc.asyncProperty(
        method,
        where,
        type,
        fc.uint8Array({ maxLength: 200 }),
        async (how, to, kind, bytes) => {
          await ask(to, { method: how, headers: { 'content-type': kind }, body: new Uint8Array(bytes) });
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a refusal', () => {
  it('is a page for people and JSON for programs', async () => {
    const page = await ask('/nowhere', { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const json = await ask('/nowhere');
    expect(await site.app.request('/nowhere').then((response) => response.json())).toEqual({
      error: 'There is nothing at this address: check it, or begin at the newest papers.',
    });
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const api = await ask('/api/nowhere', { headers: { accept: 'text/html' } });
    expect(api.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each([
    ['/%zz', 400],
    ['/?q=100%', 400],
    ['/papers/%ff', 400],
    ['/papers/%00', 400],
    ['/api/daily_papers?date=%c3%28', 400],
    [`/${'x'.repeat(9000)}`, 414],
  ])('comes for the address %s', async (where, status) => {
    expect((await ask(where)).status).toBe(status);
  });

  it('names the allowed methods', async () => {
    const response = await ask('/api/daily_papers', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await ask('/nowhere', { method: 'DELETE' })).status).toBe(404);
  });

  it('comes for a body that is too large', async () => {
    const response = await ask('/api/papers', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    expect(response.status).toBe(413);
  });

  it('never tells what an unexpected error says', async () => {
    const broken = await openTestSite();
    await broken.database.db.destroy();
    const response = await broken.app.request('/api/papers');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      error: 'The database does not answer right now: try again in a few seconds.',
    });
    expect((await broken.app.request('/readyz')).status).toBe(503);
    expect((await broken.app.request('/healthz')).status).toBe(200);
    expect(await (await broken.app.request('/metrics')).text()).toContain('offprint_database_up 0');
  });
});

describe('a fault of ours', () => {
  const lines: string[] = [];
  const pages = new Hono().get('/broken', () => {
    throw new Error('the secret of line 42');
  });
  const broken = () =>
    createApp(site.deps, { pages, logger: createLogger('info', { write: (line) => void lines.push(line) }) });

  it.each(['text/html', 'application/json'])('tells %s nothing but a request id', async (accept) => {
    const response = await broken().request('/broken', { headers: { accept } });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('secret');
    expect(text).toContain(response.headers.get('x-request-id') ?? 'no id');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is in the log with its cause', async () => {
    lines.length = 0;
    await broken().request('/broken');
    expect(lines.join()).toMatch(/"level":"error".*the secret of line 42/);
  });

  it('in the error page itself still gives a page', async () => {
    const app = createApp(site.deps, {
      errorPage: () => {
        throw new Error('the secret of line 43');
      },
    });
    const response = await app.request('/nowhere', { headers: { accept: 'text/html' } });
    expect(response.status).toBe(404);
    expect(await response.text()).toMatch(/<h1>Not found<\/h1>/);
  });
});

describe('another site', () => {
  const post = (headers: Record<string, string>) => ask('/api/papers', { method: 'POST', headers });
  it('cannot make a browser write', async () => {
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await post({ origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
  });
  it('is told apart from our own pages and from programs', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      { origin: testUrl },
      {},
    ])
      expect((await post(headers)).status).toBe(405);
  });
  it('may read the API, and only the API', async () => {
    expect((await ask('/api/papers')).headers.get('access-control-allow-origin')).toBe('*');
    expect((await ask('/favicon.svg')).headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await ask('/api/papers', {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
  });
});

describe('every answer', () => {
  it.each(['/api/daily_papers', '/favicon.svg', '/nowhere', '/healthz', '/api/papers/x', '/%'])(
    'of %s carries the security headers and a request id',
    async (where) => {
      const { headers } = await ask(where);
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; style-src 'self'; script-src 'self'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBeTruthy();
      expect(headers.get('permissions-policy')).toBeTruthy();
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('x-request-id')).toMatch(/^[\w.-]{8,64}$/);
    },
  );

  it('of HEAD is that of GET without its body', async () => {
    for (const where of [
      '/api/daily_papers',
      '/api/papers/2603.00001',
      '/favicon.svg',
      '/papers/2603.00001.md',
    ]) {
      const get = await site.app.request(where);
      const head = await site.app.request(where, { method: 'HEAD' });
      expect(await head.text()).toBe('');
      expect(head.status).toBe(200);
      for (const header of ['content-type', 'content-length', 'etag', 'vary', 'cache-control'])
        expect([header, head.headers.get(header)]).toEqual([header, get.headers.get(header)]);
    }
  });

  it('is 304 for who holds it already', async () => {
    for (const where of ['/api/daily_papers', '/api/papers/2603.00001', '/favicon.svg']) {
      const etag = (await site.app.request(where)).headers.get('etag') ?? 'none';
      const again = await site.app.request(where, { headers: { 'if-none-match': `"other", ${etag}` } });
      expect([where, again.status, await again.text()]).toEqual([where, 304, '']);
      expect(again.headers.get('etag')).toBe(etag);
    }
  });
});

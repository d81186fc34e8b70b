// What operators, crawlers and feed readers ask for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { storePage } from '@offprint/catalogue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp, type SiteApp } from '../app.ts';
import { openTestSite, type TestSite, testUrl } from '../testing/site.ts';
import { createLogger, loggableTarget } from './log.ts';

let site: TestSite;
let app: SiteApp;
let folder: string;
const lines: string[] = [];
const css = 'body { color: black; }\n'.repeat(100);

beforeAll(async () => {
  site = await openTestSite();
  folder = mkdtempSync(join(tmpdir(), 'offprint-assets-'));
  writeFileSync(join(folder, 'offprint-B1c2D3e4.css'), css);
  writeFileSync(join(folder, 'plain.js'), 'let a;');
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  app = createApp(site.deps, { assetsFolder: folder, logger, processMetrics: true });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await site.close();
});

const text = async (path: string) => (await app.request(path)).text();

describe('health', () => {
  it('tells that the process lives and can serve', async () => {
    expect(await (await app.request('/healthz')).json()).toEqual({ status: 'alive' });
    expect(await (await app.request('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('is not ready on a database of another version', async () => {
    const behind = await openTestSite();
    await behind.deps.db.deleteFrom('migration').execute();
    const response = await behind.app.request('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: expect.stringMatching(/lacks migrations/) });
    await behind.close();
  });

  it('measures requests by route, kept pages, the database, ingest and the event loop', async () => {
    await app.request('/api/papers/2603.00001');
    await app.request('/api/daily_papers');
    await app.request('/api/daily_papers');
    await app.request('/no/such/path/that/would/blow/up/the/labels');
    await site.deps.db
      .insertInto('source')
      .values({ name: 'arxiv-rss', last_success_at: '2026-03-04T00:00:00Z' })
      .execute();
    const metrics = await text('/metrics');
    expect(metrics).toMatch(
      /offprint_http_request_duration_seconds_count\{method="GET",route="\/api\/papers\/:id",status="200"\} 1/,
    );
    expect(metrics).toMatch(/route="none",status="404"/);
    expect(metrics).not.toContain('blow/up');
    expect(metrics).toMatch(/offprint_page_cache_requests_total\{result="hit"\} 1/);
    expect(metrics).toMatch(/offprint_database_up 1/);
    expect(metrics).toMatch(/offprint_database_connections\{state="\w+"\} \d/);
    expect(metrics).toContain(
      'offprint_ingest_last_success_timestamp_seconds{source="arxiv-rss"} 1772582400',
    );
    expect(metrics).toContain('nodejs_eventloop_lag');
  });
});

describe('the log', () => {
  it('has one line a request, without the secrets in its address', async () => {
    lines.length = 0;
    await app.request('/api/papers?limit=1&token=s3cret', { headers: { authorization: 'Bearer s3cret' } });
    expect(lines).toHaveLength(1);
    const line = z
      .looseObject({ requestId: z.string(), status: z.number() })
      .parse(JSON.parse(lines[0] ?? ''));
    expect(line).toMatchObject({ method: 'GET', route: '/api/papers', status: 200, level: 'info' });
    expect(lines[0]).not.toContain('s3cret');
  });

  it('hides whatever sounds secret and cuts what is long', () => {
    expect(loggableTarget('/x?API_KEY=a&q=b&session=c')).toBe('/x?API_KEY=[hidden]&q=b&session=[hidden]');
    expect(loggableTarget(`/${'x'.repeat(9000)}`)).toHaveLength(500);
  });

  it('keeps a request id that came along, when it is a plain one', async () => {
    const given = await app.request('/healthz', { headers: { 'x-request-id': 'abcdefgh-1' } });
    expect(given.headers.get('x-request-id')).toBe('abcdefgh-1');
    const bad = await app.request('/healthz', { headers: { 'x-request-id': '{"a":1}' } });
    expect(bad.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });
});

describe('assets', () => {
  it('are sent compressed and for ever when their name changes with their content', async () => {
    const response = await app.request('/assets/offprint-B1c2D3e4.css', {
      headers: { 'accept-encoding': 'br' },
    });
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(brotliDecompressSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(css);
    expect((await app.request('/assets/plain.js')).headers.get('cache-control')).toBe('no-cache');
  });

  it.each(['/assets/', '/assets/none.css', '/assets/../package.json', '/assets/%2e%2e%2fpackage.json'])(
    'are nothing but the built files: %s',
    async (path) => {
      expect((await app.request(path)).status).toBe(404);
    },
  );

  it('include the mark of the site', async () => {
    expect((await app.request('/favicon.svg')).headers.get('content-type')).toBe('image/svg+xml');
  });
});

describe('crawlers', () => {
  it('are led from robots.txt over the index to every paper', async () => {
    const locations = (xml: string) =>
      [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? '');
    expect(await text('/robots.txt')).toContain(`Sitemap: ${testUrl}/sitemap.xml`);
    const files = locations(await text('/sitemap.xml'));
    const papers = (await Promise.all(files.map((file) => text(new URL(file).pathname)))).flatMap(locations);
    expect(papers).toHaveLength(45);
    expect(new Set(papers).size).toBe(45);
    expect(papers).toContain(`${testUrl}/lab`);
    expect(papers).toContain(`${testUrl}/papers/hep-th/9901001`);
    expect(papers).toContain(`${testUrl}/papers/acl:2020.example-1`);
  });

  it('get a stream that is compressed on the way', async () => {
    const plain = await text('/sitemap/2026-03/1.xml');
    const response = await app.request('/sitemap/2026-03/1.xml', { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(brotliDecompressSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(plain);
  });

  it.each([
    '/sitemap/2026-13/1.xml',
    '/sitemap/1980-01/1.xml',
    '/sitemap/2026-03/2.xml',
    '/sitemap/x/1.xml',
    '/sitemap/0000-01/1.xml',
  ])('find nothing at %s', async (path) => {
    expect((await app.request(path)).status).toBe(404);
  });
});

describe('feed readers', () => {
  it('get the newest papers, their markup harmless', async () => {
    const atom = await text('/feed.atom');
    expect(atom).toContain(`<id>${testUrl}/papers/2603.00001</id>`);
    expect(atom).toContain('A Complete Paper with $x^2$ &amp; &lt;b&gt;Markup&lt;/b&gt;');
    expect(atom).not.toContain('<script');
    const json = z
      .object({ items: z.array(z.object({ id: z.string(), title: z.string() })) })
      .parse(await (await app.request('/feed.json')).json());
    expect(json.items[0]?.title).toBe('A Complete Paper with $x^2$ & <b>Markup</b>');
    expect(json.items).toHaveLength(2);
  });

  it('get the newest days there are, however long ago', async () => {
    const later = createApp({ ...site.deps, now: () => Temporal.Instant.from('2030-01-01T00:00:00Z') });
    expect(await (await later.request('/feed.atom')).text()).toContain('/papers/2603.00001</id>');
  });

  it('get well-formed XML whatever a title holds', async () => {
    const title = 'A ]]> title \u0001 with \ufffe & < "quotes"';
    await storePage(site.deps.db, {
      source: 'import',
      records: [
        { id: '2603.00008', title, listings: [{ day: '2026-03-03', feed: 'daily', announce: 'new' }] },
      ],
    });
    const atom = await text('/feed.atom');
    expect(atom).toContain('A ]]&gt; title  with  &amp; &lt; &quot;quotes&quot;');
  });
});

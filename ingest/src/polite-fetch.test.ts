import { claimGate, type Database, moveGate } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPoliteFetch, gateOf } from './polite-fetch.ts';
import type { PoliteFetchSettings, PoliteReply } from './polite-request.ts';
import * as replay from './testing/replay-server.ts';

let database: TestDatabase;
let db: Database;
const servers: replay.ReplayServer[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => database.close());

async function serve(answer: replay.Answer): Promise<replay.ReplayServer> {
  const server = await replay.startReplayServer(answer);
  servers.push(server);
  return server;
}

const slept: number[] = [];
function fetchFrom(server: replay.ReplayServer, settings: Partial<PoliteFetchSettings> = {}) {
  slept.length = 0;
  return createPoliteFetch({
    db,
    contact: 'operator@example.org',
    allowPrivateHosts: [server.host],
    sleep: async (durationMs) => void slept.push(durationMs),
    random: () => 1,
    attempts: 4,
    ...settings,
  });
}

const text = async (answer: PoliteReply) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

describe('a polite request', () => {
  it('says who asks and how to reach them', async () => {
    const server = await serve(replay.reply('hello'));
    expect(await fetchFrom(server)({ url: server.origin }, text)).toBe('hello');
    expect(server.headers[0]?.['user-agent']).toMatch(/^offprint\/\S+ \(.*operator@example\.org\)$/);
    expect(server.headers[0]?.['accept-encoding']).toContain('gzip');
  });

  it('unpacks gzip and refuses a bomb without unpacking it all', async () => {
    const server = await serve(replay.inTurn(replay.gzipped('packed'), replay.gzipBomb(50_000_000)));
    const fetch = fetchFrom(server, { maxBytes: 1_000_000 });
    expect(await fetch({ url: server.origin }, text)).toBe('packed');
    await expect(fetch({ url: server.origin }, text)).rejects.toThrow(/larger than 1000000 bytes/);
    expect(server.requests).toHaveLength(2);
  });

  it('asks conditionally and hands 304 on', async () => {
    const server = await serve((request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"a"' ? 304 : 200, {
        etag: '"a"',
        'last-modified': 'Mon, 05 Jan 2026 00:00:00 GMT',
      });
      response.end();
    });
    const fetch = fetchFrom(server);
    const validator = await fetch({ url: server.origin }, async (answer) => answer.validator);
    expect(validator).toEqual({ etag: '"a"', lastModified: 'Mon, 05 Jan 2026 00:00:00 GMT' });
    expect(await fetch({ url: server.origin, validator }, async ({ status }) => status)).toBe(304);
    expect(server.headers[1]?.['if-modified-since']).toBe('Mon, 05 Jan 2026 00:00:00 GMT');
  });

  it('weathers a storm of 429 and 503, waiting as long as it is told', async () => {
    const server = await serve(
      replay.inTurn(
        replay.overloaded(429, '7'),
        replay.overloaded(503, 'Mon, 05 Jan 2026 10:01:00 GMT'),
        replay.overloaded(503),
        replay.reply('calm'),
      ),
    );
    const fetch = fetchFrom(server, {
      now: () => Temporal.Instant.from('2026-01-05T10:00:00Z'),
      backoff: { baseMs: 100, capMs: 1_000 },
    });
    expect(await fetch({ url: server.origin }, text)).toBe('calm');
    expect(slept).toEqual([7_000, 60_000, 400]);
  });

  it('gives up after its attempts, and at once when told to stay away for long', async () => {
    const server = await serve(replay.overloaded(503));
    await expect(fetchFrom(server)({ url: server.origin }, text)).rejects.toThrow(
      /503.*given up after 4 attempts/,
    );
    expect(server.requests).toHaveLength(4);
    const strict = await serve(replay.overloaded(429, '90000'));
    await expect(fetchFrom(strict)({ url: strict.origin }, text)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(strict.requests).toHaveLength(1);
  });

  it('asks again after a reset, a truncated body and a body that stalls', async () => {
    const server = await serve(
      replay.inTurn(
        replay.reset,
        replay.truncated('x'.repeat(5_000), 1_000),
        replay.stalled,
        replay.reply('whole'),
      ),
    );
    const fetch = fetchFrom(server, { idleTimeoutMs: 300 });
    expect(await fetch({ url: server.origin }, text)).toBe('whole');
    expect(server.requests).toHaveLength(4);
  });

  it('does not wait for a slow drip for ever', async () => {
    const server = await serve(replay.slowDrip(20));
    const fetch = fetchFrom(server, { replyTimeoutMs: 200, attempts: 2 });
    await expect(fetch({ url: server.origin }, text)).rejects.toThrow(/given up after 2 attempts/);
  });

  it('follows redirects, but not in circles, not too far, and not to private addresses', async () => {
    const server: replay.ReplayServer = await serve((request, response, url) => {
      if (url.pathname === '/a') replay.redirect('/b')(request, response, url);
      else if (url.pathname === '/b') replay.reply('there')(request, response, url);
      else if (url.pathname === '/loop') replay.redirect('/loop')(request, response, url);
      else if (url.pathname === '/inside')
        replay.redirect('http://127.0.0.1:1/secret')(request, response, url);
      else if (url.pathname === '/file') replay.redirect('file:///etc/passwd')(request, response, url);
      else replay.redirect(`/far${url.pathname}`)(request, response, url);
    });
    const fetch = fetchFrom(server);
    expect(await fetch({ url: `${server.origin}/a` }, text)).toBe('there');
    await expect(fetch({ url: `${server.origin}/loop` }, text)).rejects.toThrow(/circles/);
    await expect(fetch({ url: `${server.origin}/far` }, text)).rejects.toThrow(/too often/);
    await expect(fetch({ url: `${server.origin}/inside` }, text)).rejects.toThrow(/not a public address/);
    await expect(fetch({ url: `${server.origin}/file` }, text)).rejects.toThrow(/http and https/);
  });

  it('refuses private hosts that were not named, also behind a name', async () => {
    const server = await serve(replay.reply('secret'));
    const fetch = fetchFrom(server, { allowPrivateHosts: [] });
    await expect(fetch({ url: server.origin }, text)).rejects.toThrow(/OFFPRINT_ALLOW_HOSTS/);
    await expect(fetch({ url: server.origin.replace('127.0.0.1', 'localhost') }, text)).rejects.toThrow(
      /public addresses only/,
    );
    expect(server.requests).toEqual([]);
  });

  it('does not repeat what the reader of the reply rejects', async () => {
    const server = await serve(replay.reply('nonsense'));
    const read = async () => {
      throw new TypeError('not what was expected');
    };
    await expect(fetchFrom(server)({ url: server.origin }, read)).rejects.toThrow(TypeError);
    expect(server.requests).toHaveLength(1);
  });

  it('stops when it is told to, even while it waits', async () => {
    const server = await serve(replay.overloaded(503, '500'));
    const stop = new AbortController();
    const fetch = createPoliteFetch({ db, contact: 'x', allowPrivateHosts: [server.host] });
    const asking = fetch({ url: server.origin, signal: stop.signal }, text);
    setTimeout(() => stop.abort(), 100);
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the gate of a host', () => {
  it('is one for all of arXiv and one for every other host', () => {
    for (const host of ['arxiv.org', 'rss.arxiv.org', 'oaipmh.arxiv.org', 'export.arxiv.org'])
      expect(gateOf(new URL(`https://${host}/x`))).toBe('arxiv.org');
    expect(gateOf(new URL('https://notarxiv.org/'))).toBe('notarxiv.org');
    expect(gateOf(new URL('https://arxiv.org.evil.test/'))).toBe('arxiv.org.evil.test');
  });

  it('lets one request through at a time, over all clients, with the pause between their beginnings', async () => {
    const begun: number[] = [];
    const server = await serve((_, response) => {
      begun.push(performance.now());
      setTimeout(() => response.end('x'), 30);
    });
    const clients = [0, 1, 2].map(() =>
      createPoliteFetch({
        db,
        contact: 'x',
        allowPrivateHosts: [server.host],
        intervalMs: () => 60,
        leaseMs: 2_000,
      }),
    );
    await Promise.all([...clients, ...clients].map((fetch) => fetch({ url: server.origin }, text)));
    expect(server.requests).toHaveLength(6);
    expect(server.mostAtOnce()).toBe(1);
    // Five pauses lie between the first and the last; one may be eaten by a late arrival of the first.
    expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(4 * 60);
  });

  it('stays shut for every process after a Retry-After', async () => {
    const server = await serve(replay.inTurn(replay.overloaded(429, '80000'), replay.reply('x')));
    const settings = { db, contact: 'x', allowPrivateHosts: [server.host], intervalMs: () => 10 };
    await expect(createPoliteFetch(settings)({ url: server.origin }, text)).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(createPoliteFetch(settings)({ url: server.origin }, text)).rejects.toThrow(
      /asked not to be called for another (79|80)\d{3} s/,
    );
    expect(server.requests).toHaveLength(1);
  });

  it('opens again when the process that held it has died', async () => {
    expect(await claimGate(db, 'dead.test', 150)).toHaveProperty('lease');
    expect(await claimGate(db, 'dead.test', 150)).toHaveProperty('waitMs');
    await expect.poll(() => claimGate(db, 'dead.test', 150)).toHaveProperty('lease');
  });

  it('cannot be moved by one who has lost it', async () => {
    const first = await claimGate(db, 'lost.test', 1);
    await expect.poll(() => claimGate(db, 'lost.test', 60_000)).toHaveProperty('lease');
    expect('lease' in first && (await moveGate(db, first.lease, 0))).toBeUndefined();
    expect(await claimGate(db, 'lost.test', 1)).toHaveProperty('waitMs');
  });
});

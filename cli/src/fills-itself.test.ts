import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oaiPage, queryFeed, type ReplayServer, rssFeed, startReplayServer } from '@offprint/ingest/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from './testing/offprint-process.ts';

let parent: string;
let arxiv: ReplayServer;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'offprint-fills-'));
  await chmod(parent, 0o755);
  arxiv = await startReplayServer((_, response, url) => {
    response.writeHead(200, { 'content-type': 'application/xml; charset=utf-8' });
    if (url.pathname.startsWith('/rss'))
      response.end(rssFeed(new Date().toUTCString(), [{ id: '2602.00007' }]));
    else if (url.pathname === '/oai') response.end(oaiPage([{ id: '2602.00008' }]));
    else response.end(queryFeed((url.searchParams.get('id_list') ?? '').split(',')));
  });
});
afterAll(async () => {
  await arxiv.close();
  await rm(parent, { recursive: true, force: true, maxRetries: 5 });
});

it('fills itself from arXiv as soon as it runs, fetches a paper a reader asks for, and says on its status page how that went', {
  timeout: 120_000,
}, async () => {
  const server = await serve({
    OFFPRINT_DATA: join(parent, 'data'),
    OFFPRINT_INGEST: 'on',
    OFFPRINT_CATEGORIES: 'cs.LG',
    OFFPRINT_ARXIV_RSS: `${arxiv.origin}/rss`,
    OFFPRINT_ARXIV_OAI: `${arxiv.origin}/oai`,
    OFFPRINT_ARXIV_API: `${arxiv.origin}/api/query`,
    OFFPRINT_ALLOW_HOSTS: arxiv.host,
  });
  const page = async (path: string): Promise<string> => (await fetch(server.url + path)).text();

  // The starter papers get their abstracts; what changed on arXiv comes by OAI-PMH.
  await expect
    .poll(() => page('/papers/2406.08607'), { timeout: 60_000 })
    .toContain('What 2406.08607 is about.');
  expect(await page('/papers/2406.08607')).toContain('Offprint summary');
  await expect
    .poll(async () => (await fetch(`${server.url}/papers/2602.00008`)).status, { timeout: 60_000 })
    .toBe(200);

  expect((await fetch(`${server.url}/papers/2602.00009`)).status).toBe(404);
  const asked = await fetch(`${server.url}/papers/2602.00009`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  expect(asked.status).toBe(202);
  await expect
    .poll(() => page('/papers/2602.00009'), { timeout: 60_000 })
    .toContain('What 2602.00009 is about.');
  const foreign = await fetch(`${server.url}/papers/2602.00010`, {
    method: 'POST',
    headers: { origin: 'https://example.org' },
  });
  expect(foreign.status).toBe(403);

  const status = await page('/status');
  for (const source of ['arxiv-oai', 'arxiv-api', 'arxiv-rss'])
    expect(status.toLowerCase()).toContain(source.replace('arxiv-', ''));
  expect(status).toContain('arXiv announces nothing on Fridays and Saturdays');
  expect(arxiv.headers.every((headers) => /^offprint\/.*contact: /.test(headers['user-agent'] ?? ''))).toBe(
    true,
  );

  server.child.kill('SIGTERM');
  expect(await server.finished).toMatchObject({ code: 0 });
  expect(server.output()).not.toMatch(/"level":"(error|fatal)"/);
});

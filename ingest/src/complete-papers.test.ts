import { plantStarter, readPaper, storePage } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completePapers } from './complete-papers.ts';
import { createPoliteFetch } from './polite-fetch.ts';
import { queryFeed } from './testing/fixtures.ts';
import { type ReplayServer, startReplayServer } from './testing/replay-server.ts';

let database: TestDatabase;
let server: ReplayServer;
const unknown = '2306.14544';

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startReplayServer((_, response, url) => {
    const ids = (url.searchParams.get('id_list') ?? '').split(',').filter((id) => id !== unknown);
    response.writeHead(200, { 'content-type': 'application/atom+xml; charset=utf-8' });
    response.end(queryFeed(ids));
  });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

it('brings the starter papers their abstracts in one request, keeps our summaries, and asks for nothing twice', async () => {
  const { db } = database;
  await plantStarter(db);
  await storePage(db, { source: 'page', records: [{ id: 'page:no-arxiv-id', title: 'No arXiv id' }] });
  const context = {
    db,
    fetch: createPoliteFetch({ db, contact: 'test', allowPrivateHosts: [server.host] }),
  };
  const report = await completePapers(context, { base: `${server.origin}/api/query` });
  expect(report).toMatchObject({ fetched: 39, updated: 38, refused: 1 });
  expect(server.requests).toHaveLength(1);
  const paper = await readPaper(db, '2406.08607');
  expect(paper?.abstract).toBe('What 2406.08607 is about.');
  expect(paper?.summaries.map(({ kind }) => kind)).toEqual(['ours']);
  expect(paper?.listings.map(({ day }) => day)).toEqual(['2026-02-06']);
  expect(await completePapers(context, { base: `${server.origin}/api/query` })).toBeUndefined();
  expect(server.requests).toHaveLength(1);
});

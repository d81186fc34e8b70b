// From an upstream's raw day through the catalogue to our own API: what came in goes out, field by field.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '@offprint/catalogue/testing';
import { ingestDaily, type PoliteFetch } from '@offprint/ingest';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp, type SiteApp } from '../app.ts';
import { openTestSearch } from '../testing/search.ts';
import { dailyPaperSchema } from './schemas.ts';

const shared = process.env.OFFPRINT_SHARED ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared');
const rawDays = join(shared, 'data', 'hf-api-daily');
const files = existsSync(rawDays) ? readdirSync(rawDays).filter((name) => name.endsWith('.json')) : [];

const personSchema = z.object({
  _id: z.string(),
  name: z.string(),
  user: z.string(),
  fullname: z.string(),
  type: z.string(),
});
const told = {
  title: z.string(),
  summary: z.string(),
  upvotes: z.number().optional(),
  ai_summary: z.string().optional(),
  ai_keywords: z.array(z.string()).optional(),
  githubRepo: z.string().optional(),
  githubStars: z.number().optional(),
  projectPage: z.string().optional(),
  mediaUrls: z.array(z.string()).optional(),
  organization: z.object({ name: z.string(), fullname: z.string(), avatar: z.string() }).optional(),
};
/** The fields of a raw reply that must survive; all others are of no use outside their own site. */
const rawSchema = z.array(
  z.object({
    paper: z.object({
      id: z.string(),
      authors: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
      publishedAt: z.string(),
      submittedOnDailyAt: z.string(),
      submittedOnDailyBy: personSchema,
      ...told,
    }),
    thumbnail: z.string(),
    numComments: z.number(),
    ...told,
  }),
);
type RawEntry = z.infer<typeof rawSchema>[number];

const words = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** An entry as both sides must tell it: whitespace within texts and addresses' spelling do not count. */
function essence(entry: RawEntry) {
  const whole = (url: string | undefined) =>
    url === undefined ? undefined : new URL(url, 'https://upstream.test').href;
  const common = (object: RawEntry | RawEntry['paper']) => ({
    title: words(object.title),
    summary: words(object.summary),
    mediaUrls: object.mediaUrls?.map(whole),
    organization: object.organization && {
      name: object.organization.name,
      fullname: words(object.organization.fullname),
      avatar: whole(object.organization.avatar),
    },
  });
  const { paper } = entry;
  return {
    ...common(entry),
    thumbnail: whole(entry.thumbnail),
    numComments: entry.numComments,
    paper: {
      ...common(paper),
      id: paper.id,
      authors: paper.authors.filter((author) => !author.hidden).map((author) => words(author.name)),
      publishedAt: paper.publishedAt,
      submittedOnDailyAt: paper.submittedOnDailyAt,
      submittedOnDailyBy: { ...paper.submittedOnDailyBy, fullname: words(paper.submittedOnDailyBy.fullname) },
      upvotes: paper.upvotes,
      ai_summary: paper.ai_summary === undefined ? undefined : words(paper.ai_summary),
      ai_keywords:
        paper.ai_summary === undefined
          ? []
          : (paper.ai_keywords ?? []).map(words).filter((word) => word !== ''),
      githubRepo: whole(paper.githubRepo),
      githubStars: paper.githubRepo === undefined ? undefined : paper.githubStars,
      projectPage: whole(paper.projectPage),
    },
  };
}

const byId = (entries: readonly RawEntry[]) =>
  entries.map(essence).toSorted((a, b) => (a.paper.id < b.paper.id ? -1 : 1));

/** An upstream that answers every request with one text. */
function upstream(body: string): PoliteFetch {
  return (request, read) =>
    read({
      status: 200,
      url: request.url,
      charset: 'utf-8',
      validator: { etag: undefined, lastModified: undefined },
      header: () => undefined,
      body: (async function* () {
        yield new TextEncoder().encode(body);
      })(),
    });
}

async function openSite(): Promise<{
  app: SiteApp;
  fill(day: string, body: string): Promise<void>;
  close(): Promise<void>;
}> {
  const database = await createTestDatabase();
  const { db } = database;
  const search = await openTestSearch(database);
  const app = createApp({
    db,
    calendar: { zone: 'America/New_York', opensAt: '21:30' },
    now: () => Temporal.Instant.from('2026-10-01T12:00:00Z'),
    publicUrl: 'http://papers.test',
    requestIndexing: async () => 'unavailable',
    trending: { commentWeight: 2, halfLifeDays: 3 },
    search,
  });
  return {
    app,
    close: async () => {
      await search.close();
      await database.close();
    },
    fill: async (day, body) => {
      const report = await ingestDaily(
        { db, fetch: upstream(body) },
        { upstream: 'https://upstream.test', from: day, to: day, restart: true },
      );
      expect(report).toMatchObject({ outcome: 'succeeded', refused: 0 });
    },
  };
}

describe.skipIf(files.length === 0)('raw days of an upstream (../shared/data/hf-api-daily)', () => {
  it('go out as they came in, also through a second Offprint that reads the first', {
    timeout: 180_000,
  }, async () => {
    const first = await openSite();
    const second = await openSite();
    try {
      for (const file of files) {
        const day = file.slice(0, -'.json'.length);
        const raw = readFileSync(join(rawDays, file), 'utf8');
        const address = `/api/daily_papers?date=${day}&limit=100`;
        await first.fill(day, raw);
        const served = await (await first.app.request(address)).text();
        const entries = z.array(dailyPaperSchema).parse(JSON.parse(served));
        expect(byId(rawSchema.parse(entries))).toEqual(byId(rawSchema.parse(JSON.parse(raw))));
        // The order is the upstream's own: the most upvoted first.
        const upvotes = entries.map((entry) => entry.upvotes);
        expect(upvotes).toEqual(rawSchema.parse(JSON.parse(raw)).map((entry) => entry.paper.upvotes));
        // What the client reads from the outer object is there as well.
        for (const { paper, ...outer } of entries)
          for (const name of [
            'ai_summary',
            'ai_keywords',
            'githubRepo',
            'githubStars',
            'projectPage',
            'upvotes',
          ] as const)
            expect(outer[name]).toEqual(paper[name]);
        await second.fill(day, served);
        expect(await (await second.app.request(address)).text()).toBe(served);
      }
    } finally {
      await first.close();
      await second.close();
    }
  });
});

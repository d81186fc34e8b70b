// The starter catalogue: the papers of the page this project grew from, listed together on that page's day.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from './database.ts';
import { type PaperRecord, plainDateSchema } from './record.ts';
import { type StoreOutcome, storePage } from './store.ts';

/** The feed day of the page. */
export const starterDay = '2026-02-06';

const starterSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    publishedOn: plainDateSchema,
    authorCount: z.int().positive(),
    commentCount: z.int().nonnegative(),
    summary: z.string(),
  }),
);

/** The starter papers as records, in the page's order, with our own summaries and without anyone's abstract. */
export async function readStarterRecords(): Promise<PaperRecord[]> {
  const text = await readFile(join(import.meta.dirname, '..', 'starter', 'papers.json'), 'utf8');
  return starterSchema.parse(JSON.parse(text)).map((paper, index) => ({
    id: paper.id,
    title: paper.title,
    authorCount: paper.authorCount,
    publishedAt: `${paper.publishedOn}T00:00:00.000Z`,
    commentCount: paper.commentCount,
    summaries: [{ kind: 'ours', body: paper.summary }],
    listings: [{ day: starterDay, feed: 'daily', announce: 'new', position: index }],
  }));
}

/**
 * Puts the starter papers into a catalogue that has never held a paper, and does nothing otherwise: what an
 * owner removed does not come back.
 *
 * @returns what was stored, or `undefined` when the catalogue was already in use.
 */
export async function plantStarter(db: Database): Promise<StoreOutcome | undefined> {
  const { rows } = await sql<{ used: boolean }>`select exists (select 1 from change) as used`.execute(db);
  return rows[0]?.used === true
    ? undefined
    : storePage(db, { source: 'starter', records: await readStarterRecords() });
}

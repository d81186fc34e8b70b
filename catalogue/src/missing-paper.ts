// Ids that a source was asked for and does not know, so that a page can say so instead of asking again.
import { readCheckpoint, saveCheckpoint } from './checkpoint.ts';
import type { Database } from './database.ts';

const keyOf = (paperId: string): string => `missing:${paperId}`;

/** Remembers that arXiv, asked at that instant, knew no paper of this id. */
export async function rememberMissing(db: Database, paperId: string, at: string): Promise<void> {
  await saveCheckpoint(db, 'arxiv-api', keyOf(paperId), { at });
}

/** Forgets it, because the paper has appeared. */
export async function forgetMissing(db: Database, paperIds: readonly string[]): Promise<void> {
  if (paperIds.length === 0) return;
  await db
    .deleteFrom('checkpoint')
    .where('source', '=', 'arxiv-api')
    .where('key', 'in', paperIds.map(keyOf))
    .execute();
}

/** When arXiv last said that it has no paper of this id, as an instant; `undefined` when it never did. */
export async function missingSince(db: Database, paperId: string): Promise<string | undefined> {
  const value = await readCheckpoint(db, 'arxiv-api', keyOf(paperId));
  return typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'string'
    ? value.at
    : undefined;
}

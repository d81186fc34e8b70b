// Papers that came from a saved page without an id join the paper of that title once the catalogue knows it.
import { type Database, findMatchesOfPagePapers, storePage } from '@offprint/catalogue';

/** Merges every `page:` paper whose title exactly one other paper has. Returns how many were merged. */
export async function mergeMatchedPagePapers(db: Database): Promise<number> {
  const matches = await findMatchesOfPagePapers(db);
  if (matches.length === 0) return 0;
  const records = Map.groupBy(matches, ({ paperId }) => paperId);
  await storePage(db, {
    source: 'page',
    records: [...records].map(([id, group]) => ({
      id,
      title: group[0]?.title ?? id,
      aliases: group.map(({ pageId }) => pageId),
    })),
  });
  return matches.length;
}

// Asking arXiv which paper has a title, for entries that came without an id.
import { findByTitle, listPagePapers, OffprintError, type PaperRecord, storePage } from '@offprint/catalogue';
import { queryAddress, readQueryReply } from './arxiv-query.ts';
import { arxivQueryBase } from './ingest-query.ts';
import { mergeMatchedPagePapers } from './match-titles.ts';
import type { IngestContext } from './run.ts';

/** Letters and digits alone: two titles with the same key are the same title, however they are set. */
export function titleKey(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}

/** A title as a phrase of arXiv's query language, which knows no escapes: signs become spaces. */
function titlePhrase(title: string): string {
  const words = title
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 250);
  return `ti:"${words}"`;
}

/** The paper of exactly this title, if arXiv knows just one. */
export async function lookUpTitle(
  context: IngestContext,
  title: string,
  base: string = arxivQueryBase,
): Promise<PaperRecord | undefined> {
  const key = titleKey(title);
  if (key === '') return undefined;
  const url = queryAddress(base, { search: titlePhrase(title), start: 0, maxResults: 10 });
  const accept = 'application/atom+xml, application/xml;q=0.9';
  const request = { url, accept, readStatuses: [400], signal: context.signal };
  try {
    const page = await context.fetch(request, async (reply) => readQueryReply(reply.body, reply.charset));
    const same = page.entries.flatMap((entry) =>
      'record' in entry && titleKey(entry.record.title) === key ? [entry.record] : [],
    );
    return same.length === 1 ? same[0] : undefined;
  } catch (error) {
    // A title that arXiv cannot make a query of is a title it does not find.
    if (error instanceof OffprintError && error.field === 'query') return undefined;
    throw error;
  }
}

/**
 * Looks for the papers that still stand under `page:` ids: in the catalogue, then at arXiv, oldest first.
 *
 * @param limit how many to ask arXiv about; each costs one polite request.
 * @returns how many found their id.
 */
export async function matchPagePapers(
  context: IngestContext,
  options: { readonly limit?: number; readonly base?: string } = {},
): Promise<number> {
  let matched = await mergeMatchedPagePapers(context.db);
  for (const { title } of await listPagePapers(context.db, options.limit ?? 40)) {
    context.signal?.throwIfAborted();
    const record = await lookUpTitle(context, title, options.base);
    if (record === undefined) continue;
    await storePage(context.db, { source: 'arxiv-api', records: [record] });
    matched += await mergeMatchedPagePapers(context.db);
  }
  return matched;
}

/** Ids for titles: what the catalogue knows, and with `lookUp` what arXiv knows, stored on the way. */
export async function idsOfTitles(
  context: IngestContext,
  titles: readonly string[],
  lookUp: { readonly base?: string | undefined } | undefined,
): Promise<Map<string, string>> {
  const found = await findByTitle(context.db, titles);
  if (lookUp === undefined) return found;
  for (const title of titles) {
    const known = found.get(title);
    if (known !== undefined && !known.startsWith('page:')) continue;
    context.signal?.throwIfAborted();
    const record = await lookUpTitle(context, title, lookUp.base);
    if (record === undefined) continue;
    await storePage(context.db, { source: 'arxiv-api', records: [record] });
    found.set(title, record.id);
  }
  return found;
}

// The query API as a source: single papers by id, and searches page by page.
import { createHash } from 'node:crypto';
import {
  forgetMissing,
  OffprintError,
  parseArxivId,
  readCheckpoint,
  rememberMissing,
  storePage,
} from '@offprint/catalogue';
import { z } from 'zod';
import { type QueryPage, queryAddress, readQueryReply } from './arxiv-query.ts';
import { type IngestContext, nowOf, type Run, type RunReport, runIngest } from './run.ts';

export const arxivQueryBase = 'https://export.arxiv.org/api/query';

export interface QueryOptions {
  readonly base?: string;
  /** Papers, however their ids are written. */
  readonly ids?: readonly string[];
  /** Or a search in arXiv's query language, such as `cat:cs.LG`. */
  readonly search?: string;
  /** The most papers a search brings. */
  readonly max?: number;
  readonly pageSize?: number;
  /** Begins a search anew instead of going on in the middle of it. */
  readonly restart?: boolean;
}

const stateSchema = z.object({ start: z.int().nonnegative(), complete: z.boolean() });
const idsPerRequest = 100;
/** The API now and then answers a page in the middle of a result with nothing. */
const emptyPages = 3;

async function ask(
  context: IngestContext,
  query: Parameters<typeof queryAddress>[1],
  options: { readonly base?: string | undefined; readonly signal?: AbortSignal | undefined },
): Promise<QueryPage> {
  const url = queryAddress(options.base ?? arxivQueryBase, query);
  const accept = 'application/atom+xml, application/xml;q=0.9';
  return context.fetch({ url, accept, readStatuses: [400], signal: options.signal }, async (reply) =>
    readQueryReply(reply.body, reply.charset),
  );
}

/** Asks for some ids; when arXiv refuses them together, each half by itself, until the culprit is alone. */
async function askForIds(
  context: IngestContext,
  options: QueryOptions,
  run: Run,
  ids: readonly string[],
): Promise<void> {
  run.signal.throwIfAborted();
  let page: QueryPage;
  try {
    page = await ask(
      context,
      { ids, start: 0, maxResults: ids.length },
      { base: options.base, signal: run.signal },
    );
  } catch (error) {
    if (!(error instanceof OffprintError) || error.code !== 'bad-input' || error.field !== 'query')
      throw error;
    if (ids.length === 1) {
      run.accept([{ refused: { id: ids[0] ?? '', reason: error.message } }]);
      return;
    }
    const half = Math.ceil(ids.length / 2);
    await askForIds(context, options, run, ids.slice(0, half));
    await askForIds(context, options, run, ids.slice(half));
    return;
  }
  const records = run.accept(page.entries);
  await run.store(records);
  const answered = new Set([
    ...records.map(({ id }) => id),
    ...page.entries.flatMap((entry) => ('refused' in entry ? [entry.refused.id] : [])),
  ]);
  await forgetMissing(
    context.db,
    records.map(({ id }) => id),
  );
  for (const id of ids) {
    if (answered.has(id)) continue;
    run.accept([{ refused: { id, reason: 'arXiv has no paper of this id' } }]);
    await rememberMissing(context.db, id, nowOf(context).toString());
  }
}

async function queryIds(context: IngestContext, options: QueryOptions, run: Run): Promise<void> {
  const ids = new Set<string>();
  for (const text of options.ids ?? []) {
    const id = parseArxivId(text)?.id;
    if (id === undefined)
      run.accept([{ refused: { id: text.slice(0, 200), reason: 'it is not an arXiv id' } }]);
    else ids.add(id);
  }
  const all = [...ids];
  for (let at = 0; at < all.length; at += idsPerRequest) {
    await askForIds(context, options, run, all.slice(at, at + idsPerRequest));
    context.onProgress?.({
      done: Math.min(at + idsPerRequest, all.length),
      total: all.length,
      unit: 'papers',
    });
  }
}

async function querySearch(
  context: IngestContext,
  options: QueryOptions,
  search: string,
  run: Run,
): Promise<void> {
  const max = options.max ?? 1_000;
  const key = `search:${createHash('sha256').update(search).digest('hex').slice(0, 32)}`;
  const saved = stateSchema.safeParse(await readCheckpoint(context.db, 'arxiv-api', key));
  let start = saved.success && !saved.data.complete && options.restart !== true ? saved.data.start : 0;
  if (start > 0) run.note(`Went on after the first ${start} papers.`);
  for (let empty = 0; start < max; ) {
    run.signal.throwIfAborted();
    const maxResults = Math.min(options.pageSize ?? 100, max - start);
    const page = await ask(
      context,
      { search, start, maxResults },
      { base: options.base, signal: run.signal },
    );
    const total = Math.min(page.totalResults ?? 0, max);
    if (page.entries.length === 0 && start < total) {
      empty += 1;
      if (empty >= emptyPages)
        throw new OffprintError(
          'upstream',
          `arXiv stopped answering after ${start} of ${total} papers: try again later.`,
        );
      continue;
    }
    empty = 0;
    start += page.entries.length;
    const complete = page.entries.length === 0 || start >= total;
    await run.store(run.accept(page.entries), { key, value: { start, complete } });
    context.onProgress?.({ done: start, total, unit: 'papers' });
    if (complete) return;
  }
}

/**
 * Brings papers by id, or the newest papers of a search. Ids that arXiv does not know are refused in the report
 * and remembered as missing.
 *
 * @throws OffprintError `bad-input` unless exactly one of `ids` and `search` is given, `conflict` while another
 *   run is under way.
 */
export async function ingestQuery(context: IngestContext, options: QueryOptions): Promise<RunReport> {
  const { ids, search } = options;
  if (
    (ids === undefined) === (search === undefined) ||
    search?.trim() === '' ||
    (search?.length ?? 0) > 2_000
  )
    throw new OffprintError('bad-input', 'Give either ids or a search of at most 2000 characters.', {
      field: 'search',
    });
  return runIngest(context, 'arxiv-api', (run) =>
    search === undefined ? queryIds(context, options, run) : querySearch(context, options, search, run),
  );
}

/**
 * Brings one paper that somebody wants to read now, beside whatever else is under way.
 *
 * @returns `stored`, or `missing` when arXiv has no such paper, which is then remembered.
 * @throws OffprintError `bad-input` when the id is none of arXiv's; otherwise as `PoliteFetch`.
 */
export async function indexPaper(
  context: IngestContext,
  id: string,
  options: { readonly base?: string } = {},
): Promise<'stored' | 'missing'> {
  const wanted = parseArxivId(id)?.id;
  if (wanted === undefined)
    throw new OffprintError('bad-input', `${id.slice(0, 60)} is not an arXiv id.`, { field: 'id' });
  let records: QueryPage['entries'] = [];
  try {
    const query = { ids: [wanted], start: 0, maxResults: 1 };
    records = (await ask(context, query, { base: options.base, signal: context.signal })).entries;
  } catch (error) {
    if (!(error instanceof OffprintError) || error.field !== 'query') throw error;
  }
  const found = records.flatMap((entry) =>
    'record' in entry && entry.record.id === wanted ? [entry.record] : [],
  );
  if (found.length === 0) {
    await rememberMissing(context.db, wanted, nowOf(context).toString());
    return 'missing';
  }
  await storePage(context.db, { source: 'arxiv-api', records: found });
  await forgetMissing(context.db, [wanted]);
  return 'stored';
}

// OAI-PMH as a source: everything of a set that changed in a window of days, page by page, resumable anywhere.
import {
  markWithdrawn,
  OffprintError,
  parseArxivId,
  plainDateSchema,
  readCheckpoint,
} from '@offprint/catalogue';
import { z } from 'zod';
import type { Parsed } from './accept-record.ts';
import { readArxivMetadata } from './arxiv-metadata.ts';
import { readArxivRaw } from './arxiv-raw.ts';
import {
  getRecordAddress,
  listRecordsAddress,
  type OaiEvent,
  type OaiToken,
  readOaiReply,
} from './oai-pmh.ts';
import type { PoliteReply } from './polite-request.ts';
import { type IngestContext, type Run, type RunReport, runIngest } from './run.ts';

export const arxivOaiBase = 'https://oaipmh.arxiv.org/oai';

export interface OaiOptions {
  readonly base?: string;
  /** `arXivRaw` (the default) has every version; `arXiv` has names taken apart. */
  readonly prefix?: 'arXivRaw' | 'arXiv';
  /** A set such as `cs`, `stat` or `cs:cs:LG`; without one, everything. */
  readonly set?: string;
  /**
   * First and last datestamp, both included, `YYYY-MM-DD`. Without either, a run goes on where the last one of
   * this set ended; the first such run takes everything since `since`.
   */
  readonly from?: string;
  readonly until?: string;
  readonly since?: string;
  /** These papers only. */
  readonly ids?: readonly string[];
  /** Begins the window anew instead of going on in the middle of it. */
  readonly restart?: boolean;
}

const stateSchema = z.object({
  /** The next page's token; absent when the window is complete. */
  token: z.string().optional(),
  from: z.string().optional(),
  until: z.string().optional(),
  /** The repository's date when the window was begun: the next window begins there. */
  begunOn: z.string().optional(),
  /** The latest datestamp seen, and whether they have come in order so far. */
  newest: z.string().optional(),
  ordered: z.boolean(),
});
type WindowState = z.infer<typeof stateSchema>;

interface OaiPage {
  readonly parsed: Parsed[];
  readonly deleted: string[];
  token: OaiToken | undefined;
  error: Extract<OaiEvent, { kind: 'error' }> | undefined;
  begunOn: string | undefined;
  readonly datestamps: string[];
}

/** Restarts of a window after a token was no longer accepted, without a page in between. */
const maxRestarts = 3;
const readStatuses = [400, 404, 422];
const accept = 'text/xml, application/xml;q=0.9';

async function readPage(reply: PoliteReply): Promise<OaiPage> {
  const page: OaiPage = {
    parsed: [],
    deleted: [],
    token: undefined,
    error: undefined,
    begunOn: undefined,
    datestamps: [],
  };
  for await (const event of readOaiReply(reply.body, reply.charset)) {
    if (event.kind === 'response-date') page.begunOn ??= event.at.slice(0, 10);
    else if (event.kind === 'token') page.token = event.token;
    else if (event.kind === 'error') page.error ??= event;
    else if (event.kind === 'record') {
      const { header, metadata } = event;
      const id = header.identifier || 'a record without identifier';
      if (header.datestamp !== '') page.datestamps.push(header.datestamp.slice(0, 10));
      if (header.deleted) page.deleted.push(id);
      else if (metadata?.name === 'arXivRaw') page.parsed.push(readArxivRaw(metadata));
      else if (metadata?.name === 'arXiv') page.parsed.push(readArxivMetadata(metadata));
      else
        page.parsed.push({
          refused: { id, reason: `its metadata is ${metadata?.name ?? 'missing'}, not arXiv's` },
        });
    }
  }
  return page;
}

function repositoryError(code: string, message: string): OffprintError {
  return new OffprintError(
    'upstream',
    `The repository refused the request: ${code}, ${message.replace(/\.$/, '')}.`,
  );
}

async function setWithdrawn(context: IngestContext, run: Run, identifiers: readonly string[]): Promise<void> {
  if (identifiers.length === 0) return;
  const ids = identifiers.flatMap((identifier) => parseArxivId(identifier)?.id ?? []);
  await run.settled();
  const updated = await markWithdrawn(context.db, ids);
  run.count({ fetched: identifiers.length, updated, unchanged: identifiers.length - updated });
}

/** What is known of the order of datestamps after a page. */
function follow(state: WindowState, datestamps: readonly string[]): Pick<WindowState, 'newest' | 'ordered'> {
  let { newest, ordered } = state;
  for (const datestamp of datestamps) {
    if (newest !== undefined && datestamp < newest) ordered = false;
    if (newest === undefined || datestamp > newest) newest = datestamp;
  }
  return { newest, ordered };
}

function checkOptions(options: OaiOptions): void {
  for (const field of ['from', 'until', 'since'] as const) {
    const value = options[field];
    if (value !== undefined && !plainDateSchema.safeParse(value).success)
      throw new OffprintError('bad-input', `${value.slice(0, 40)} is not a date: write it as YYYY-MM-DD.`, {
        field,
      });
  }
  if (options.from !== undefined && options.until !== undefined && options.from > options.until)
    throw new OffprintError('bad-input', 'The window ends before it begins: exchange from and until.', {
      field: 'until',
    });
  if (options.set !== undefined && !/^[A-Za-z0-9_.!~*'()-]+(?::[A-Za-z0-9_.!~*'()-]+)*$/.test(options.set))
    throw new OffprintError(
      'bad-input',
      `${options.set.slice(0, 60)} is not a set: write one such as cs or cs:cs:LG.`,
      {
        field: 'set',
      },
    );
}

async function harvestWindow(context: IngestContext, options: OaiOptions, run: Run): Promise<void> {
  const base = options.base ?? arxivOaiBase;
  const prefix = options.prefix ?? 'arXivRaw';
  const isWindow = options.from !== undefined || options.until !== undefined;
  const key = `${base} ${prefix} ${options.set ?? 'all'}${isWindow ? ` ${options.from ?? ''}..${options.until ?? ''}` : ''}`;
  const saved = stateSchema.safeParse(await readCheckpoint(context.db, 'arxiv-oai', key));
  const before = saved.success ? saved.data : undefined;
  let state: WindowState;
  if (before?.token !== undefined && options.restart !== true) {
    state = before;
    run.note('Went on where an earlier run had stopped.');
  } else {
    const from = isWindow ? options.from : (before?.begunOn ?? options.since);
    state = { from, until: options.until, ordered: true };
  }

  let restarts = 0;
  let done = 0;
  for (;;) {
    run.signal.throwIfAborted();
    const { token, from, until } = state;
    const url = listRecordsAddress(
      base,
      token === undefined ? { metadataPrefix: prefix, set: options.set, from, until } : { token },
    );
    const page = await context.fetch({ url, accept, readStatuses, signal: run.signal }, readPage);
    if (page.error?.code === 'badResumptionToken' && token !== undefined) {
      restarts += 1;
      if (restarts > maxRestarts) throw repositoryError(page.error.code, page.error.message);
      // Everything up to the newest datestamp has been seen only if they came in order.
      state = {
        from: state.ordered ? (state.newest ?? from) : from,
        until,
        begunOn: state.begunOn,
        ordered: true,
      };
      run.note(
        `The repository no longer knew where we stood; began again from ${state.from ?? 'the beginning'}.`,
      );
      continue;
    }
    if (page.error !== undefined && page.error.code !== 'noRecordsMatch')
      throw repositoryError(page.error.code, page.error.message);
    const next = page.token?.token === '' ? undefined : page.token?.token;
    if (next !== undefined && next === token)
      throw new OffprintError(
        'upstream',
        'The repository sends the same page again and again: try again later.',
      );
    if (page.parsed.length + page.deleted.length > 0) restarts = 0;
    await setWithdrawn(context, run, page.deleted);
    state = {
      ...state,
      ...follow(state, page.datestamps),
      token: next,
      begunOn: state.begunOn ?? page.begunOn,
    };
    await run.store(run.accept(page.parsed), { key, value: state });
    done = (page.token?.cursor ?? done) + page.parsed.length + page.deleted.length;
    const total = page.token?.completeListSize;
    context.onProgress?.({ done, unit: 'papers', ...(total === undefined ? {} : { total }) });
    if (next === undefined) return;
  }
}

async function getRecords(context: IngestContext, options: OaiOptions, run: Run): Promise<void> {
  const prefix = options.prefix ?? 'arXivRaw';
  for (const [at, text] of (options.ids ?? []).entries()) {
    run.signal.throwIfAborted();
    const id = parseArxivId(text)?.id;
    if (id === undefined) {
      run.accept([{ refused: { id: text.slice(0, 200), reason: 'it is not an arXiv id' } }]);
      continue;
    }
    const url = getRecordAddress(options.base ?? arxivOaiBase, `oai:arXiv.org:${id}`, prefix);
    const page = await context.fetch({ url, accept, readStatuses, signal: run.signal }, readPage);
    if (page.error?.code === 'idDoesNotExist' || page.error?.code === 'cannotDisseminateFormat')
      run.accept([{ refused: { id, reason: `${page.error.code}: ${page.error.message}` } }]);
    else if (page.error !== undefined) throw repositoryError(page.error.code, page.error.message);
    await setWithdrawn(context, run, page.deleted);
    await run.store(run.accept(page.parsed));
    context.onProgress?.({ done: at + 1, total: options.ids?.length ?? 0, unit: 'papers' });
  }
}

/**
 * Harvests a window of a set, or single papers. After every page the place is saved with it, so that a run that
 * was killed or stopped goes on without a gap and without doing anything twice.
 *
 * @throws OffprintError `bad-input` for dates or sets that are none, `conflict` while another run is under way.
 * @see https://info.arxiv.org/help/oa/index.html
 */
export async function ingestOai(context: IngestContext, options: OaiOptions = {}): Promise<RunReport> {
  checkOptions(options);
  return runIngest(context, 'arxiv-oai', (run) =>
    options.ids === undefined ? harvestWindow(context, options, run) : getRecords(context, options, run),
  );
}

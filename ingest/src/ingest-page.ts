// A saved Daily Papers page as a source: its entries on its day, under arXiv ids wherever their titles are known.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import {
  OffprintError,
  type PaperRecord,
  plainDateSchema,
  readPaper,
  recordFeedDay,
} from '@offprint/catalogue';
import { acceptRecord, type Parsed } from './accept-record.ts';
import { readDailyEntry } from './daily-api.ts';
import { type DailyPage, type PageEntry, pageId, readDailyPage } from './daily-page.ts';
import { idsOfTitles } from './lookup-title.ts';
import { type IngestContext, type Run, type RunReport, runIngest } from './run.ts';
import { embeddedDailyPapers, embeddedDay, htmlToText, looksLikeHtml } from './saved-html.ts';

export interface PageOptions {
  /** A saved page, as text or as HTML. */
  readonly file: string;
  /** The page's feed day, when it does not say so itself, `YYYY-MM-DD`. */
  readonly day?: string;
  /** Asks arXiv about titles the catalogue does not know: one polite request each. */
  readonly lookUp?: boolean;
  /** The query API to ask. */
  readonly base?: string;
}

const maxFileBytes = 32 * 1024 * 1024;

async function readPageFile(file: string): Promise<string> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw new OffprintError('not-found', `${file} cannot be read: check its path.`, { field: 'file', cause });
  });
  if (size > maxFileBytes)
    throw new OffprintError(
      'bad-input',
      `${file} is larger than ${maxFileBytes} bytes, which no saved page is.`,
      {
        field: 'file',
      },
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    throw new OffprintError('damaged-file', `${file} is not UTF-8 text: save the page again as text.`, {
      field: 'file',
      cause,
    });
  }
}

/** The id of an entry nobody knows. Two titles that begin alike must not become one paper. */
async function standInId(context: IngestContext, title: string, taken: ReadonlySet<string>): Promise<string> {
  const id = pageId(title);
  if (!taken.has(id) && (await readPaper(context.db, id)) === undefined) return id;
  return `${id}-${createHash('sha256').update(title).digest('hex').slice(0, 8)}`;
}

function recordOf(entry: PageEntry, id: string, page: DailyPage, position: number): Parsed {
  return acceptRecord(
    {
      id,
      title: entry.title,
      abstract: entry.abstract,
      authorCount: entry.authorCount,
      publishedAt: `${entry.publishedOn}T00:00:00.000Z`,
      commentCount: entry.commentCount,
      listings: [{ day: page.day, feed: 'daily', announce: 'new', position }],
    },
    entry.title.slice(0, 80),
  );
}

async function recordsOfText(
  context: IngestContext,
  options: PageOptions,
  page: DailyPage,
  run: Run,
): Promise<Parsed[]> {
  const titles = page.entries.map(({ title }) => title);
  const asked = options.lookUp === true ? { base: options.base } : undefined;
  const known = await idsOfTitles({ ...context, signal: run.signal }, titles, asked);
  const taken = new Set<string>();
  const records: Parsed[] = [];
  let standIns = 0;
  for (const [position, entry] of page.entries.entries()) {
    const found = known.get(entry.title);
    const id = found ?? (await standInId(context, entry.title, taken));
    if (taken.has(id)) {
      records.push({ refused: { id: entry.title.slice(0, 80), reason: 'the page names this paper twice' } });
      continue;
    }
    taken.add(id);
    if (id.startsWith('page:')) standIns += 1;
    records.push(recordOf(entry, id, page, position));
  }
  if (standIns > 0)
    run.note(`${standIns} of ${page.entries.length} papers have no known id yet and stand under page: ids.`);
  return records;
}

/**
 * Brings a saved page into the catalogue: each entry is listed on the page's day with its abstract, dates and
 * comment count, and is matched to the paper of its title where the catalogue, or arXiv, knows one.
 *
 * @throws OffprintError `not-found`, `bad-input` or `damaged-file` when the file is no such page; `conflict` while
 *   another run is under way.
 */
export async function ingestPage(context: IngestContext, options: PageOptions): Promise<RunReport> {
  if (options.day !== undefined && !plainDateSchema.safeParse(options.day).success)
    throw new OffprintError(
      'bad-input',
      `${options.day.slice(0, 40)} is not a date: write it as YYYY-MM-DD.`,
      {
        field: 'day',
      },
    );
  const text = await readPageFile(options.file);
  const html = looksLikeHtml(text);
  const embedded = html ? embeddedDailyPapers(text) : undefined;
  const embeddedOn = options.day ?? (embedded === undefined ? undefined : embeddedDay(text));
  const page =
    embedded !== undefined && embeddedOn !== undefined
      ? undefined
      : readDailyPage(html ? htmlToText(text) : text, options.day);
  return runIngest(context, 'page', async (run) => {
    const day = page?.day ?? embeddedOn ?? '';
    const parsed =
      page === undefined
        ? (embedded ?? []).map((entry, position) =>
            readDailyEntry(entry, day, position, 'https://huggingface.co'),
          )
        : [
            ...(await recordsOfText(context, options, page, run)),
            ...page.refused.map((refused) => ({ refused })),
          ];
    const records: PaperRecord[] = run.accept(parsed);
    await run.store(records);
    await run.settled();
    if (records.length > 0)
      await recordFeedDay(context.db, 'page', day, 'announced', `${records.length} entries`);
    context.onProgress?.({ done: parsed.length, total: parsed.length, unit: 'papers' });
  });
}

// An upstream Daily Papers API as a source: its feed days one by one, resumable after each.
import {
  isListingWeekday,
  OffprintError,
  plainDateSchema,
  readCheckpoint,
  recordFeedDay,
  saveCheckpoint,
} from '@offprint/catalogue';
import { z } from 'zod';
import { type DailyReply, readDailyEntry, readDailyReply } from './daily-api.ts';
import { type IngestContext, nowOf, type Run, type RunReport, runIngest } from './run.ts';

export interface DailyOptions {
  /** The upstream's address, such as `https://huggingface.co`. */
  readonly upstream: string;
  /** First and last feed day, both included, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** Begins with the first day instead of going on after the last that was done. */
  readonly restart?: boolean;
}

const stateSchema = z.object({ done: plainDateSchema, complete: z.boolean() });
const maxDays = 4_000;
const maxPages = 50;

function checkOptions(options: DailyOptions): { upstream: URL; days: string[] } {
  for (const field of ['from', 'to'] as const)
    if (!plainDateSchema.safeParse(options[field]).success)
      throw new OffprintError(
        'bad-input',
        `${options[field].slice(0, 40)} is not a date: write it as YYYY-MM-DD.`,
        {
          field,
        },
      );
  const upstream = URL.parse(options.upstream);
  if (upstream === null || !/^https?:$/.test(upstream.protocol))
    throw new OffprintError(
      'bad-input',
      `${options.upstream.slice(0, 200)} is not the address of an upstream.`,
      {
        field: 'upstream',
      },
    );
  const first = Temporal.PlainDate.from(options.from);
  const length = first.until(options.to, { largestUnit: 'days' }).days + 1;
  if (length < 1 || length > maxDays)
    throw new OffprintError(
      'bad-input',
      length < 1
        ? 'The range ends before it begins: exchange from and to.'
        : `Ask for at most ${maxDays} days at a time.`,
      { field: 'to' },
    );
  return { upstream, days: Array.from({ length }, (_, days) => first.add({ days }).toString()) };
}

function dayAddress(upstream: URL, day: string): string {
  const url = new URL(`${upstream.href.replace(/[?#].*$/, '').replace(/\/$/, '')}/api/daily_papers`);
  url.searchParams.set('date', day);
  url.searchParams.set('limit', '100');
  return url.href;
}

/** The next page of a day, if the reply links one on the same host. */
function nextPage(link: string | undefined, from: string): string | undefined {
  const target = /<([^<>]+)>\s*;[^,]*\brel\s*=\s*"?next\b/i.exec(link ?? '')?.[1];
  const url = target === undefined ? null : URL.parse(target, from);
  return url !== null && url.host === new URL(from).host ? url.href : undefined;
}

async function fetchDay(context: IngestContext, run: Run, address: string): Promise<DailyReply> {
  const entries: unknown[] = [];
  const seen = new Set<string>();
  for (let url: string | undefined = address; url !== undefined && seen.size < maxPages; ) {
    seen.add(url);
    const request = { url, accept: 'application/json', readStatuses: [400, 404, 422], signal: run.signal };
    const reply: { day: DailyReply; next: string | undefined } = await context.fetch(
      request,
      async (answer) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of answer.body) chunks.push(chunk);
        const body = new TextDecoder().decode(Buffer.concat(chunks));
        const day = readDailyReply(body);
        if (answer.status >= 400 && 'entries' in day)
          return { day: { malformed: `the upstream answered ${answer.status}` }, next: undefined };
        return { day, next: nextPage(answer.header('link'), answer.url) };
      },
    );
    if ('malformed' in reply.day) return reply.day;
    entries.push(...reply.day.entries);
    url = reply.next !== undefined && !seen.has(reply.next) ? reply.next : undefined;
  }
  return { entries };
}

async function ingestDay(
  context: IngestContext,
  run: Run,
  upstream: URL,
  day: string,
  key: string,
  complete: boolean,
) {
  const checkpoint = { key, value: { done: day, complete } };
  const address = dayAddress(upstream, day);
  const reply = await fetchDay(context, run, address);
  if ('malformed' in reply) {
    run.accept([{ refused: { id: day, reason: reply.malformed } }]);
    await run.settled();
    await recordFeedDay(context.db, 'daily-api', day, 'failed', reply.malformed);
    await saveCheckpoint(context.db, 'daily-api', checkpoint.key, checkpoint.value);
    return;
  }
  const seen = new Set<string>();
  const records = run
    .accept(reply.entries.map((entry, position) => readDailyEntry(entry, day, position, address)))
    .filter((record) => !seen.has(record.id) && seen.add(record.id));
  await run.store(records, checkpoint);
  await run.settled();
  const weekday = isListingWeekday(Temporal.PlainDate.from(day));
  if (reply.entries.length > 0 && records.length === 0)
    await recordFeedDay(context.db, 'daily-api', day, 'failed', 'Every entry of the day was refused.');
  else if (records.length > 0)
    await recordFeedDay(context.db, 'daily-api', day, 'announced', `${records.length} entries`);
  else if (weekday) await recordFeedDay(context.db, 'daily-api', day, 'empty', 'The upstream lists nothing.');
}

/**
 * Brings the feed days of a range from an upstream: listings, submitters, summaries, links, votes. A day the
 * upstream answers with something else than a list is reported and skipped; what the catalogue has of it stays.
 *
 * @throws OffprintError `bad-input` for an upstream or dates that are none, `conflict` while another run is under way.
 */
export async function ingestDaily(context: IngestContext, options: DailyOptions): Promise<RunReport> {
  const { upstream, days } = checkOptions(options);
  return runIngest(context, 'daily-api', async (run) => {
    const key = `${upstream.host}${upstream.pathname} ${options.from}..${options.to}`;
    const saved = stateSchema.safeParse(await readCheckpoint(context.db, 'daily-api', key));
    const done = saved.success && !saved.data.complete && options.restart !== true ? saved.data.done : '';
    if (done !== '') run.note(`Went on after ${done}.`);
    const today = nowOf(context).toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 }).toString();
    for (const [at, day] of days.entries()) {
      if (day <= done) continue;
      run.signal.throwIfAborted();
      if (day > today) {
        run.note(`Days after ${today} have not begun anywhere and were not asked for.`);
        await saveCheckpoint(context.db, 'daily-api', key, { done: days[at - 1] ?? day, complete: true });
        break;
      }
      await ingestDay(context, run, upstream, day, key, at === days.length - 1);
      context.onProgress?.({ done: at + 1, total: days.length, unit: 'days' });
    }
  });
}

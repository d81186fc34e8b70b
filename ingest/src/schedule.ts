// What a running server does by itself to fill the catalogue, and when; the server's worker runs these jobs.
import {
  defaultCalendar,
  type FeedCalendar,
  isListingWeekday,
  OffprintError,
  openFeedDay,
  planNextTry,
  readFeedDays,
  recordFeedDay,
  type SourceName,
} from '@offprint/catalogue';
import { z } from 'zod';
import { arxivZone } from './arxiv-rss.ts';
import { completePapers } from './complete-papers.ts';
import { ingestDaily } from './ingest-daily.ts';
import { ingestOai, type OaiOptions } from './ingest-oai.ts';
import { indexPaper } from './ingest-query.ts';
import { announcementDay, ingestRss } from './ingest-rss.ts';
import { matchPagePapers } from './lookup-title.ts';
import { type IngestContext, nowOf, type RunReport } from './run.ts';
import { cronOf, everyDay, nextTime, type Timetable } from './timetable.ts';

export interface IngestSettings {
  /** Archives and categories to read of arXiv's RSS; empty for none. */
  readonly categories: readonly string[];
  /** OAI-PMH sets to keep in step; empty for none. */
  readonly sets: readonly string[];
  /** An upstream Daily Papers API. */
  readonly upstream?: string;
  readonly calendar?: FeedCalendar;
  readonly rssBase?: string;
  readonly oaiBase?: string;
  readonly queryBase?: string;
}

export interface IngestJob {
  readonly name: string;
  /** Cron expressions, to be read in `zone`; empty for a job that only runs when asked. */
  readonly crons: readonly string[];
  readonly zone: string;
  /** How often a failed job is tried again, and the first pause, which doubles. */
  readonly retryLimit: number;
  readonly retryDelaySeconds: number;
  /**
   * Does the job.
   *
   * @param data what the job was asked with; only `index-paper` takes any: `{ id }`.
   * @throws OffprintError when it failed and is to be tried again.
   */
  run(context: IngestContext, data?: unknown): Promise<void>;
}

/** The name of the job that brings one paper somebody wants to read: `{ id }` is its data. */
export const indexPaperJob = 'index-paper';

// arXiv announces at 20:00 in New York on Sundays to Thursdays; its RSS follows by midnight.
const rssTimes: readonly Timetable[] = [
  { minutes: [10, 40], hours: [20, 21, 22, 23], weekdays: [7, 1, 2, 3, 4] },
  { minutes: [10, 40], hours: [0, 1, 2], weekdays: [1, 2, 3, 4, 5] },
];
const oaiTimes: readonly Timetable[] = [{ minutes: [20], hours: [23], weekdays: everyDay }];
const dailyTimes: readonly Timetable[] = [
  { minutes: [25], hours: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22], weekdays: everyDay },
];
const matchTimes: readonly Timetable[] = [{ minutes: [50], hours: [4], weekdays: everyDay }];
const completeTimes: readonly Timetable[] = [{ minutes: [40], hours: [3, 15], weekdays: everyDay }];
const firstHarvestDays = 3;

/** What people are told about a source that this installation leaves alone. */
const notAsked = 'Not asked by itself in this installation.';

/** What people are told about arXiv's rhythm. */
export const arxivRhythm = 'arXiv announces nothing on Fridays and Saturdays.';

function assertSucceeded(report: RunReport): void {
  if (report.error !== undefined) throw report.error;
}

async function planned(
  context: IngestContext,
  source: SourceName,
  tables: readonly Timetable[],
  zone: string,
  note?: string | null,
): Promise<void> {
  const next = nextTime(tables, nowOf(context), zone);
  await planNextTry(context.db, source, next?.toString() ?? null, note);
}

/** Reads the RSS of the announcement that is due, once; every try after that costs nothing. */
async function runRss(context: IngestContext, settings: IngestSettings): Promise<void> {
  const now = nowOf(context);
  const due = announcementDay(now);
  if (!isListingWeekday(due)) return;
  const day = due.toString();
  const isKnown = async () =>
    (await readFeedDays(context.db, day, day)).some(
      ({ source, outcome }) => source === 'arxiv-rss' && outcome !== 'failed',
    );
  if (await isKnown()) return;
  const report = await ingestRss(context, {
    categories: settings.categories,
    ...(settings.rssBase === undefined ? {} : { base: settings.rssBase }),
  });
  assertSucceeded(report);
  const next = nextTime(rssTimes, now, arxivZone);
  const isLastTry = next !== undefined && announcementDay(next).toString() !== day;
  if (isLastTry && !(await isKnown()))
    await recordFeedDay(
      context.db,
      'arxiv-rss',
      day,
      'failed',
      'arXiv had not renewed its feed by the last try.',
    );
}

async function runOai(context: IngestContext, settings: IngestSettings): Promise<void> {
  const since = nowOf(context)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .subtract({ days: firstHarvestDays })
    .toString();
  for (const set of settings.sets) {
    context.signal?.throwIfAborted();
    const options: OaiOptions = {
      set,
      since,
      ...(settings.oaiBase === undefined ? {} : { base: settings.oaiBase }),
    };
    assertSucceeded(await ingestOai(context, options));
  }
}

async function runDaily(context: IngestContext, upstream: string, calendar: FeedCalendar): Promise<void> {
  const open = openFeedDay(nowOf(context), calendar);
  // The day before still gathers votes and comments.
  const from = open.subtract({ days: 1 }).toString();
  assertSucceeded(await ingestDaily(context, { upstream, from, to: open.toString(), restart: true }));
}

/**
 * The jobs of a server with these settings. Each leaves behind when its source is asked next, for the status page.
 */
export function ingestJobs(settings: IngestSettings): IngestJob[] {
  const { calendar = defaultCalendar, upstream } = settings;
  const query = settings.queryBase === undefined ? {} : { base: settings.queryBase };
  const scheduled = (
    name: string,
    source: SourceName,
    tables: readonly Timetable[],
    zone: string,
    work: (context: IngestContext) => Promise<void>,
    note?: string,
  ): IngestJob => ({
    name,
    crons: tables.map(cronOf),
    zone,
    retryLimit: 3,
    retryDelaySeconds: 300,
    async run(context) {
      try {
        await work(context);
      } finally {
        await planned(context, source, tables, zone, note);
      }
    },
  });
  const jobs: IngestJob[] = [];
  if (settings.categories.length > 0)
    jobs.push(
      scheduled(
        'ingest-rss',
        'arxiv-rss',
        rssTimes,
        arxivZone,
        (context) => runRss(context, settings),
        arxivRhythm,
      ),
    );
  if (settings.sets.length > 0)
    jobs.push(
      scheduled(
        'ingest-oai',
        'arxiv-oai',
        oaiTimes,
        arxivZone,
        (context) => runOai(context, settings),
        arxivRhythm,
      ),
    );
  if (upstream !== undefined)
    jobs.push(
      scheduled('ingest-daily', 'daily-api', dailyTimes, calendar.zone, (context) =>
        runDaily(context, upstream, calendar),
      ),
    );
  jobs.push(
    scheduled('complete-papers', 'arxiv-api', completeTimes, calendar.zone, async (context) => {
      const report = await completePapers(context, query);
      if (report !== undefined) assertSucceeded(report);
    }),
    scheduled('match-page-papers', 'page', matchTimes, calendar.zone, async (context) => {
      await matchPagePapers(context, query);
    }),
    {
      name: indexPaperJob,
      crons: [],
      zone: 'UTC',
      retryLimit: 5,
      retryDelaySeconds: 30,
      async run(context, data) {
        const asked = z.object({ id: z.string() }).safeParse(data);
        if (!asked.success)
          throw new OffprintError('bad-input', 'The job needs the id of a paper: give it as { id }.', {
            field: 'id',
          });
        await indexPaper(context, asked.data.id, query);
      },
    },
  );
  return jobs;
}

/** Writes down when every scheduled source is asked next; a server calls it once when it starts. */
export async function planIngest(context: IngestContext, settings: IngestSettings): Promise<void> {
  const { calendar = defaultCalendar } = settings;
  const plan = (
    source: SourceName,
    isOn: boolean,
    tables: readonly Timetable[],
    zone: string,
    note?: string,
  ) =>
    isOn
      ? planned(context, source, tables, zone, note ?? null)
      : planNextTry(context.db, source, null, notAsked);
  await plan('arxiv-rss', settings.categories.length > 0, rssTimes, arxivZone, arxivRhythm);
  await plan('arxiv-oai', settings.sets.length > 0, oaiTimes, arxivZone, arxivRhythm);
  await plan('daily-api', settings.upstream !== undefined, dailyTimes, calendar.zone);
}

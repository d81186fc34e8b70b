// arXiv's RSS as a source: the papers of the newest announcement, each listed on its day.
import {
  isListingWeekday,
  OffprintError,
  readValidator,
  recordFeedDay,
  saveValidator,
} from '@offprint/catalogue';
import { arxivZone, readArxivRss } from './arxiv-rss.ts';
import { type IngestContext, nowOf, type RunReport, runIngest } from './run.ts';

export const arxivRssBase = 'https://rss.arxiv.org/rss';

export interface RssOptions {
  /** Archives and categories, such as `cs` or `stat.ML`; one request brings them all. */
  readonly categories: readonly string[];
  readonly base?: string;
  /** Reads the feed even if it has not changed since the last time. */
  readonly force?: boolean;
}

/** The feed day that arXiv's next or latest announcement belongs to: it announces at 20:00 for the day after. */
export function announcementDay(now: Temporal.Instant): Temporal.PlainDate {
  const local = now.toZonedDateTimeISO(arxivZone);
  return local.hour >= 20 ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate();
}

/** The address of a feed of several categories. */
export function rssAddress(base: string, categories: readonly string[]): string {
  const bad = categories.find((name) => !/^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z-]{2,20})?$/.test(name));
  if (bad !== undefined || categories.length === 0)
    throw new OffprintError(
      'bad-input',
      `${bad === undefined ? 'No category was given' : `${bad.slice(0, 60)} is not an arXiv category`}: name some such as cs.LG or stat.`,
      { field: 'categories' },
    );
  return `${base.replace(/\/$/, '')}/${[...new Set(categories)].join('+')}`;
}

/**
 * Reads the feed, unless it has not changed, and records what was announced for its day: papers, or nothing
 * although it is a weekday (a holiday). A failure is recorded for the day that was expected.
 *
 * @throws OffprintError `bad-input` for categories that are none, `conflict` while another run is under way.
 */
export async function ingestRss(context: IngestContext, options: RssOptions): Promise<RunReport> {
  const { db } = context;
  const url = rssAddress(options.base ?? arxivRssBase, options.categories);
  const report = await runIngest(context, 'arxiv-rss', async (run) => {
    const validator = options.force === true ? undefined : await readValidator(db, url);
    const accept = 'application/rss+xml, application/rdf+xml, application/xml;q=0.9';
    const reply = await context.fetch({ url, accept, validator, signal: run.signal }, async (answer) => ({
      validator: answer.validator,
      feed: answer.status === 304 ? undefined : await readArxivRss(answer.body, answer.charset),
    }));
    if (reply.feed === undefined) return run.note('The feed has not changed since it was last read.');
    const { day, entries } = reply.feed;
    if (day === undefined && entries.length === 0)
      throw new OffprintError('upstream', 'The feed names neither a day nor a paper: check its address.');
    const records = run.accept(entries);
    await run.store(records);
    await run.settled();
    context.onProgress?.({ done: entries.length, total: entries.length, unit: 'papers' });
    if (day !== undefined) {
      if (entries.length > 0 && records.length === 0)
        await recordFeedDay(db, 'arxiv-rss', day, 'failed', 'Every entry of the feed was refused.');
      else if (entries.length > 0)
        await recordFeedDay(db, 'arxiv-rss', day, 'announced', `${records.length} entries`);
      else if (isListingWeekday(Temporal.PlainDate.from(day))) {
        await recordFeedDay(db, 'arxiv-rss', day, 'empty', 'arXiv announced nothing: a holiday.');
        run.note(`arXiv announced nothing for ${day}: a holiday.`);
      } else run.note(`arXiv lists nothing on ${day}, a weekend.`);
    }
    await saveValidator(db, url, reply.validator);
  });
  const expected = announcementDay(nowOf(context));
  if (report.error !== undefined && isListingWeekday(expected))
    await recordFeedDay(db, 'arxiv-rss', expected.toString(), 'failed', report.error.message);
  return report;
}

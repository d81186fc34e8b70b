// Why a feed day shows nothing: the most telling reason that is known, in sentences.
import {
  type FeedCalendar,
  type FeedDayReport,
  feedDayOpensAt,
  isListingWeekday,
  openFeedDay,
} from '@offprint/catalogue';
import { longDate, zonedMoment } from './format.ts';
import { sourceTitle } from './source-title.ts';

export interface EmptyReason {
  readonly kind: 'not-open' | 'failed' | 'weekend' | 'holiday' | 'other-papers' | 'waiting' | 'never-filled';
  readonly sentence: string;
  /** What the reader can do about it. */
  readonly advice: string | undefined;
}

/**
 * The reason why a day has no listing.
 *
 * @param notes what the sources said about the day, if any was asked.
 */
export function whyEmpty(
  day: string,
  now: Temporal.Instant,
  calendar: FeedCalendar,
  notes: readonly FeedDayReport[],
): EmptyReason {
  const date = Temporal.PlainDate.from(day);
  const open = openFeedDay(now, calendar);
  if (Temporal.PlainDate.compare(date, open) > 0)
    return {
      kind: 'not-open',
      sentence: `${longDate(day, { weekday: true })} is not open yet: it opens on ${zonedMoment(feedDayOpensAt(date, calendar), calendar.zone)} (${calendar.zone}).`,
      advice: undefined,
    };
  const failed = notes.find((note) => note.outcome === 'failed');
  if (failed && !notes.some((note) => note.outcome !== 'failed'))
    return {
      kind: 'failed',
      sentence: `Fetching this day from ${sourceTitle(failed.source)} failed on ${zonedMoment(failed.recordedAt, calendar.zone)}${failed.detail ? `: ${failed.detail.replace(/[.\s]+$/, '')}` : ''}.`,
      advice: 'It is tried again by itself; the status page says when.',
    };
  if (!isListingWeekday(date))
    return {
      kind: 'weekend',
      sentence: 'arXiv announces nothing on Fridays and Saturdays, so no new papers are listed on a weekend.',
      advice: undefined,
    };
  const empty = notes.find((note) => note.outcome === 'empty');
  if (empty)
    return {
      kind: 'holiday',
      sentence: `${sourceTitle(empty.source)} announced no papers for this day, as on holidays${empty.detail ? `: ${empty.detail.replace(/[.\s]+$/, '')}` : ''}.`,
      advice: undefined,
    };
  const announced = notes.find((note) => note.outcome === 'announced');
  if (announced)
    return {
      kind: 'other-papers',
      sentence: `${sourceTitle(announced.source)} announced papers for this day, but none in the categories that are followed here.`,
      advice: undefined,
    };
  if (date.equals(open))
    return {
      kind: 'waiting',
      sentence: `This day opened on ${zonedMoment(feedDayOpensAt(date, calendar), calendar.zone)} (${calendar.zone}), and nothing has arrived for it so far.`,
      advice: `If no source is set up, fill it by hand: ${fillCommand(day)}`,
    };
  return {
    kind: 'never-filled',
    sentence: 'No source was asked about this day.',
    advice: `Fill it with: ${fillCommand(day)}`,
  };
}

/** The reason why a week or a month has no listing. */
export function whyEmptySpan(
  kind: 'week' | 'month',
  range: { readonly from: string; readonly to: string },
): EmptyReason {
  return {
    kind: 'never-filled',
    sentence: `No papers are listed in this ${kind}.`,
    advice: `Fill it with: ${fillCommand(range.from, range.to)}`,
  };
}

function fillCommand(from: string, to = from): string {
  return `npx offprint ingest daily --upstream URL --from ${from} --to ${to}`;
}

// Days, weeks and months as the API takes them, read into first and last feed day.
import { type FeedCalendar, OffprintError, openFeedDay } from '@offprint/catalogue';

/** First and last feed day, both included, `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** A range that may have no beginning. */
export interface OpenDayRange {
  readonly from: string | undefined;
  readonly to: string;
}

const refuse = (field: string, message: string): never => {
  throw new OffprintError('bad-input', message, { field });
};

function readDay(text: string): DayRange {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const day = parts === null ? undefined : existingDay(text);
  if (day === undefined) return refuse('date', 'date must be a day of the calendar such as 2026-02-06.');
  return { from: day.toString(), to: day.toString() };
}

function readWeek(text: string): DayRange {
  const parts = /^(\d{4})-W(\d{2})$/.exec(text);
  const week = Number(parts?.[2] ?? 0);
  // 4 January is always in the first week of its year (ISO 8601). Past the last week the count begins again at 1.
  const fourth = existingDay(`${parts?.[1] ?? ''}-01-04`);
  const monday = fourth?.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
  if (monday === undefined || week < 1 || monday.weekOfYear !== week)
    return refuse('week', 'week must be an ISO week that exists, such as 2026-W06.');
  return { from: monday.toString(), to: monday.add({ days: 6 }).toString() };
}

function readMonth(text: string): DayRange {
  const first = /^\d{4}-\d{2}$/.test(text) ? existingDay(`${text}-01`) : undefined;
  if (first === undefined) return refuse('month', 'month must be a month such as 2026-02.');
  return { from: first.toString(), to: first.with({ day: first.daysInMonth }).toString() };
}

function existingDay(text: string): Temporal.PlainDate | undefined {
  try {
    const day = Temporal.PlainDate.from(text, { overflow: 'reject' });
    return day.year >= 1 ? day : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The feed days that `date`, `week` or `month` ask for; without any of them, all that have opened.
 *
 * @throws OffprintError `bad-input` when one is malformed, does not exist or has not opened yet, or when
 *   several are given.
 */
export function readDayRange(
  query: {
    readonly date?: string | undefined;
    readonly week?: string | undefined;
    readonly month?: string | undefined;
  },
  now: Temporal.Instant,
  calendar: FeedCalendar,
): OpenDayRange {
  const { date, week, month } = query;
  if ([date, week, month].filter((value) => value !== undefined).length > 1)
    return refuse('date', 'Give only one of date, week and month.');
  const open = openFeedDay(now, calendar).toString();
  if (date !== undefined) return opened(readDay(date), 'date', date, open);
  if (week !== undefined) return opened(readWeek(week), 'week', week, open);
  if (month !== undefined) return opened(readMonth(month), 'month', month, open);
  return { from: undefined, to: open };
}

function opened(range: DayRange, field: string, text: string, open: string): DayRange {
  if (range.from > open)
    return refuse(field, `${field} ${text} has not opened yet: the newest feed day is ${open}.`);
  return range;
}

// The stretches of time a page can show: a feed day, an ISO week, a month.
import { OffprintError } from '@offprint/catalogue';
import { longDate } from './format.ts';

export interface Period {
  readonly kind: 'day' | 'week' | 'month';
  /** As in the address: `2026-02-06`, `2026-W06`, `2026-02`. */
  readonly name: string;
  /** First and last feed day, both included. */
  readonly from: string;
  readonly to: string;
}

// PlainDate reaches far beyond, PostgreSQL's text and people's sense do not.
const firstYear = 1900;
const lastYear = 2200;

function inRange(year: number): boolean {
  return year >= firstYear && year <= lastYear;
}

/** A feed day. @throws OffprintError `bad-input` when the text is not a date `YYYY-MM-DD`. */
export function dayPeriod(text: string): Period {
  const date = plainDate(text);
  if (!date || !inRange(date.year))
    throw new OffprintError('bad-input', 'Give a feed day as YYYY-MM-DD, such as 2026-02-06.', {
      field: 'date',
    });
  return { kind: 'day', name: text, from: text, to: text };
}

function plainDate(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** An ISO 8601 week. @throws OffprintError `bad-input` when the text is not a week `YYYY-Www` of the calendar. */
export function weekPeriod(text: string): Period {
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(text) ?? [];
  const monday = year === undefined ? undefined : mondayOf(Number(year), Number(week));
  if (!monday || monday.weekOfYear !== Number(week) || !inRange(Number(year)))
    throw new OffprintError('bad-input', 'Give a week as YYYY-Www, such as 2026-W06.', { field: 'week' });
  return { kind: 'week', name: text, from: monday.toString(), to: monday.add({ days: 6 }).toString() };
}

/** January 4 is in week 1 of every year. */
function mondayOf(year: number, week: number): Temporal.PlainDate {
  const fourth = new Temporal.PlainDate(year, 1, 4);
  return fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
}

/** A month. @throws OffprintError `bad-input` when the text is not a month `YYYY-MM`. */
export function monthPeriod(text: string): Period {
  const first = plainDate(`${text}-01`);
  if (!/^\d{4}-\d{2}$/.test(text) || !first || !inRange(first.year))
    throw new OffprintError('bad-input', 'Give a month as YYYY-MM, such as 2026-02.', { field: 'month' });
  return {
    kind: 'month',
    name: text,
    from: first.toString(),
    to: first.with({ day: first.daysInMonth }).toString(),
  };
}

/** The period of a kind that holds a day. */
export function periodOf(kind: Period['kind'], day: string): Period {
  if (kind === 'day') return dayPeriod(day);
  if (kind === 'month') return monthPeriod(day.slice(0, 7));
  const date = Temporal.PlainDate.from(day);
  return weekPeriod(`${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, '0')}`);
}

/** The address of a period's page. */
export function periodPath(period: Period): string {
  return `/${period.kind === 'day' ? 'date' : period.kind}/${period.name}`;
}

/** What a period is called in a heading. */
export function periodTitle(period: Period): string {
  if (period.kind === 'day') return longDate(period.from, { weekday: true });
  if (period.kind === 'week') return `Week ${Number(period.name.slice(-2))} of ${period.name.slice(0, 4)}`;
  return Temporal.PlainDate.from(period.from).toLocaleString('en-GB', { month: 'long', year: 'numeric' });
}

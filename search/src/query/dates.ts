// Dates as people write them in a query: a year, a month, a day, a range or an age.

/** Inclusive calendar dates `YYYY-MM-DD`; an open end is `undefined`. */
export interface DateRange {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

const written = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/;
const age = /^(\d{1,4})([dwmy])$/;

function plainDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** The days that `2025`, `2025-06` or `2025-06-01` covers. */
function daysOf(text: string): { first: Temporal.PlainDate; last: Temporal.PlainDate } | undefined {
  const match = written.exec(text);
  if (match === null) return undefined;
  const first = plainDate(Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1));
  if (first === undefined) return undefined;
  const next =
    match[3] !== undefined
      ? first.add({ days: 1 })
      : first.add(match[2] === undefined ? { years: 1 } : { months: 1 });
  return { first, last: next.subtract({ days: 1 }) };
}

/** The day so long before today: `7d`, `2w`, `6m`, `1y`. */
function daysAgo(text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const match = age.exec(text);
  if (match === null) return undefined;
  const count = Number(match[1]);
  switch (match[2]) {
    case 'd':
      return today.subtract({ days: count });
    case 'w':
      return today.subtract({ weeks: count });
    case 'm':
      return today.subtract({ months: count });
    default:
      return today.subtract({ years: count });
  }
}

/**
 * Reads `2025`, `2025-06`, `2025-06-01`, `2025-06..2025-12`, `2025..`, `..2024`, `>=2025-06-01`, `<2025`,
 * `today`, `yesterday` or an age such as `7d` (since so many days; also `w`, `m`, `y`).
 *
 * @returns `undefined` when it is no date; a range that ends before it begins is returned as it is.
 */
export function parseDates(text: string, today: Temporal.PlainDate): DateRange | undefined {
  const range = rangeOf(text, today);
  const isWritable = (date: string | undefined): boolean => date === undefined || /^\d{4}-/.test(date);
  return range !== undefined && isWritable(range.from) && isWritable(range.to) ? range : undefined;
}

function rangeOf(text: string, today: Temporal.PlainDate): DateRange | undefined {
  const value = text.trim().toLowerCase();
  if (value === 'today' || value === 'yesterday') {
    const day = (value === 'today' ? today : today.subtract({ days: 1 })).toString();
    return { from: day, to: day };
  }
  const since = daysAgo(value, today);
  if (since !== undefined) return { from: since.toString(), to: undefined };

  const comparison = /^(>=|<=|>|<)(.*)$/.exec(value);
  if (comparison !== null) {
    const days = daysOf((comparison[2] ?? '').trim());
    if (days === undefined) return undefined;
    switch (comparison[1]) {
      case '>=':
        return { from: days.first.toString(), to: undefined };
      case '>':
        return { from: days.last.add({ days: 1 }).toString(), to: undefined };
      case '<=':
        return { from: undefined, to: days.last.toString() };
      default:
        return { from: undefined, to: days.first.subtract({ days: 1 }).toString() };
    }
  }
  const dots = value.indexOf('..');
  if (dots < 0) {
    const days = daysOf(value);
    return days && { from: days.first.toString(), to: days.last.toString() };
  }
  const [before, after] = [value.slice(0, dots), value.slice(dots).replace(/^\.+/, '')];
  const [first, last] = [daysOf(before), daysOf(after)];
  const isRange = (before === '' || first) && (after === '' || last) && (first || last);
  return isRange ? { from: first?.first.toString(), to: last?.last.toString() } : undefined;
}

/** The shortest way to write the beginning, or the end, of a period. */
function shortest(date: string, isEnd: boolean): string {
  const fits = (text: string): boolean => {
    const days = daysOf(text);
    return days !== undefined && (isEnd ? days.last : days.first).toString() === date;
  };
  return [date.slice(0, 4), date.slice(0, 7)].find(fits) ?? date;
}

/** A range as a query writes it; `parseDates` reads the same range from it. */
export function formatDates({ from, to }: DateRange): string {
  if (from !== undefined) {
    const whole = [from.slice(0, 4), from.slice(0, 7), from].find((text) => {
      const days = daysOf(text);
      return days?.first.toString() === from && days.last.toString() === to;
    });
    if (whole !== undefined) return whole;
  }
  const first = from === undefined ? '' : shortest(from, false);
  const last = to === undefined ? '' : shortest(to, true);
  return `${first}..${last}`;
}

/** What both ranges allow. */
export function intersect(a: DateRange, b: DateRange): DateRange {
  const from = a.from === undefined || (b.from !== undefined && b.from > a.from) ? b.from : a.from;
  const to = a.to === undefined || (b.to !== undefined && b.to < a.to) ? b.to : a.to;
  return { from, to };
}

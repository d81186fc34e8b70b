// Dates, counts and names as readers see them.

const locale = 'en-GB';

/** `6 February 2026`, or `Friday, 6 February 2026`. */
export function longDate(day: string, options: { readonly weekday?: boolean } = {}): string {
  return Temporal.PlainDate.from(day).toLocaleString(locale, {
    ...(options.weekday ? { weekday: 'long' as const } : {}),
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

/** `6 Feb 2026`. */
export function shortDate(day: string): string {
  return Temporal.PlainDate.from(day).toLocaleString(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

/** The calendar date of an instant, in UTC: what arXiv prints. */
export function utcDay(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO('UTC').toPlainDate().toString();
}

/** `6 Feb 2026, 21:30` in a zone. */
export function zonedMoment(instant: Temporal.Instant | string, zone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  return `${shortDate(local.toPlainDate().toString())}, ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** `1,234`, and from ten thousand on `12.3k`. */
export function compactCount(count: number): string {
  return count < 10_000
    ? count.toLocaleString('en-US')
    : Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
        .format(count)
        .toLowerCase();
}

/** `1 paper`, `2 papers`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}

/** A path segment for a paper: ids may hold a slash, which stays. */
export function paperPath(paperId: string): string {
  return `/papers/${paperId.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':')}`;
}

// Which feed day it is: a feed day is a calendar date in the feed's zone, and the next one opens in the evening before.

/** When feed days turn. */
export interface FeedCalendar {
  /** IANA zone, such as `America/New_York`. */
  readonly zone: string;
  /** Wall-clock time `HH:MM` in the zone at which the next calendar date's feed opens. */
  readonly opensAt: string;
}

export const defaultCalendar: FeedCalendar = { zone: 'America/New_York', opensAt: '21:30' };

/**
 * The feed day that is open at an instant: the zone's calendar date, or the next one once `opensAt` has passed.
 *
 * @throws RangeError when the zone or the time is not one.
 */
export function openFeedDay(
  now: Temporal.Instant,
  calendar: FeedCalendar = defaultCalendar,
): Temporal.PlainDate {
  const local = now.toZonedDateTimeISO(calendar.zone);
  const turned =
    Temporal.PlainTime.compare(local.toPlainTime(), Temporal.PlainTime.from(calendar.opensAt)) >= 0;
  return turned ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate();
}

/** The instant at which a feed day opens: `opensAt` on the evening before it. */
export function feedDayOpensAt(
  day: Temporal.PlainDate,
  calendar: FeedCalendar = defaultCalendar,
): Temporal.Instant {
  return day
    .subtract({ days: 1 })
    .toZonedDateTime({ timeZone: calendar.zone, plainTime: Temporal.PlainTime.from(calendar.opensAt) })
    .toInstant();
}

/**
 * Whether arXiv ever lists papers on this date. It announces on Sunday to Thursday evenings, so its listing
 * days are Monday to Friday.
 *
 * @see https://info.arxiv.org/help/availability.html
 */
export function isListingWeekday(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5;
}

// When something is done again and again: wall-clock times on weekdays in a zone, as cron and as the next instant.

export interface Timetable {
  /** 0 to 59. */
  readonly minutes: readonly number[];
  /** 0 to 23. */
  readonly hours: readonly number[];
  /** ISO weekdays, 1 (Monday) to 7 (Sunday). */
  readonly weekdays: readonly number[];
}

export const everyDay = [1, 2, 3, 4, 5, 6, 7] as const;

/** The timetable as a cron expression of five fields, to be read in its zone. */
export function cronOf(table: Timetable): string {
  const weekdays = table.weekdays.length === 7 ? '*' : table.weekdays.map((day) => day % 7).join(',');
  return `${table.minutes.join(',')} ${table.hours.length === 24 ? '*' : table.hours.join(',')} * * ${weekdays}`;
}

/** The first time of any of the tables after an instant; `undefined` when there is none. */
export function nextTime(
  tables: readonly Timetable[],
  after: Temporal.Instant,
  zone: string,
): Temporal.Instant | undefined {
  const today = after.toZonedDateTimeISO(zone).toPlainDate();
  for (let days = 0; days <= 7; days += 1) {
    const date = today.add({ days });
    const times = tables
      .filter(({ weekdays }) => weekdays.includes(date.dayOfWeek))
      .flatMap(({ hours, minutes }) =>
        hours.flatMap((hour) =>
          minutes.map((minute) =>
            date
              .toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(hour, minute) })
              .toInstant(),
          ),
        ),
      )
      .filter((instant) => Temporal.Instant.compare(instant, after) > 0)
      .sort(Temporal.Instant.compare);
    if (times[0] !== undefined) return times[0];
  }
  return undefined;
}

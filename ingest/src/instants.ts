// Dates as the sources write them, turned into the two shapes the catalogue knows: instants and calendar dates.

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const namedZones = new Map([
  ['gmt', '+00:00'],
  ['ut', '+00:00'],
  ['utc', '+00:00'],
  ['z', '+00:00'],
  ['est', '-05:00'],
  ['edt', '-04:00'],
]);

const asInstant = (instant: Temporal.Instant): string => instant.toString({ smallestUnit: 'millisecond' });

/** The number of a month, 1 to 12, by the first three letters of its English name. */
export function monthNumber(name: string): number | undefined {
  const index = months.indexOf(name.slice(0, 3).toLowerCase());
  return index === -1 ? undefined : index + 1;
}

/**
 * An ISO 8601 date-time with any offset, or a date (its midnight in UTC), as an instant in UTC.
 *
 * @returns `undefined` when the text is no such thing.
 */
export function isoInstant(text: string): string | undefined {
  const trimmed = text.trim();
  const full = /^\d{4}-\d{2}-\d{2}$/.test(trimmed) ? `${trimmed}T00:00Z` : trimmed;
  try {
    return asInstant(Temporal.Instant.from(full));
  } catch {
    return undefined;
  }
}

/**
 * A date-time as in mail and RSS, such as `Mon, 27 Apr 2026 00:00:00 -0400`, as an instant in UTC.
 *
 * @returns `undefined` when the text is no such thing.
 * @see https://www.rfc-editor.org/rfc/rfc5322#section-3.3
 */
export function mailInstant(text: string): string | undefined {
  const parts =
    /^(?:[A-Za-z]{3,9},\s*)?(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+([+-]\d{4}|[A-Za-z]{1,4})$/.exec(
      text.trim(),
    );
  if (parts === null) return undefined;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '00', zone = ''] = parts;
  const number = monthNumber(month);
  const offset = /^[+-]/.test(zone)
    ? `${zone.slice(0, 3)}:${zone.slice(3)}`
    : namedZones.get(zone.toLowerCase());
  if (number === undefined || offset === undefined) return undefined;
  const date = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isoInstant(`${date}T${hour}:${minute}:${second}${offset}`);
}

/** The calendar date of an instant in a zone, `YYYY-MM-DD`. */
export function dateInZone(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

import { describe, expect, it } from 'vitest';
import { cronOf, everyDay, nextTime, type Timetable } from './timetable.ts';

const table: Timetable = { minutes: [10, 40], hours: [20, 23], weekdays: [7, 1] };
const next = (at: string) => nextTime([table], Temporal.Instant.from(at), 'America/New_York')?.toString();

describe('a timetable', () => {
  it('is a cron expression', () => {
    expect(cronOf(table)).toBe('10,40 20,23 * * 0,1');
    expect(
      cronOf({ minutes: [5], hours: Array.from({ length: 24 }, (_, hour) => hour), weekdays: everyDay }),
    ).toBe('5 * * * *');
  });

  it('finds its next time by the clock of its zone', () => {
    // 2026-01-04 is a Sunday; New York is five hours behind.
    expect(next('2026-01-05T01:00:00Z')).toBe('2026-01-05T01:10:00Z');
    expect(next('2026-01-05T01:10:00Z')).toBe('2026-01-05T01:40:00Z');
    expect(next('2026-01-05T01:41:00Z')).toBe('2026-01-05T04:10:00Z');
    expect(next('2026-01-06T04:40:00Z')).toBe('2026-01-12T01:10:00Z');
    expect(next('2026-07-06T00:00:00Z')).toBe('2026-07-06T00:10:00Z');
    expect(nextTime([], Temporal.Instant.from('2026-01-05T01:00:00Z'), 'UTC')).toBeUndefined();
  });
});

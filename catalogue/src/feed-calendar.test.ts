import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCalendar, feedDayOpensAt, isListingWeekday, openFeedDay } from './feed-calendar.ts';

const at = (text: string) => openFeedDay(Temporal.Instant.from(text)).toString();

describe('the feed day', () => {
  it('turns at 21:30 in New York, in winter and in summer', () => {
    expect(at('2026-02-06T02:29:59Z')).toBe('2026-02-05');
    expect(at('2026-02-06T02:30:00Z')).toBe('2026-02-06');
    expect(at('2026-07-01T01:29:59Z')).toBe('2026-06-30');
    expect(at('2026-07-01T01:30:00Z')).toBe('2026-07-01');
  });
  it('follows the zone and the hour that were configured', () => {
    const calendar = { zone: 'Asia/Tokyo', opensAt: '06:00' };
    expect(openFeedDay(Temporal.Instant.from('2026-02-05T20:59:00Z'), calendar).toString()).toBe(
      '2026-02-06',
    );
    expect(openFeedDay(Temporal.Instant.from('2026-02-05T21:00:00Z'), calendar).toString()).toBe(
      '2026-02-07',
    );
  });
  it('is open from its opening until the next one, on every day, through both clock changes', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }),
        fc.constantFrom('America/New_York', 'Europe/London', 'Asia/Kolkata'),
        (days, zone) => {
          const calendar = { ...defaultCalendar, zone };
          const day = Temporal.PlainDate.from('2024-01-01').add({ days });
          const opens = feedDayOpensAt(day, calendar);
          expect(openFeedDay(opens, calendar).equals(day)).toBe(true);
          expect(
            openFeedDay(opens.subtract({ nanoseconds: 1 }), calendar).equals(day.subtract({ days: 1 })),
          ).toBe(true);
        },
      ),
    ));
  it('is never one of arXiv on Saturdays and Sundays', () => {
    const week = Array.from({ length: 7 }, (_, i) =>
      isListingWeekday(Temporal.PlainDate.from('2026-02-02').add({ days: i })),
    );
    expect(week).toEqual([true, true, true, true, true, false, false]);
  });
});

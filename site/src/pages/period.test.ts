// The stretches of time in addresses: which exist, and which days they hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayPeriod, monthPeriod, periodOf, periodPath, periodTitle, weekPeriod } from './period.ts';

describe('periods', () => {
  it('hold the days of the calendar', () => {
    expect(dayPeriod('2024-02-29')).toMatchObject({ from: '2024-02-29', to: '2024-02-29' });
    expect(weekPeriod('2026-W06')).toMatchObject({ from: '2026-02-02', to: '2026-02-08' });
    // Known from the ISO 8601 calendar: 2020 has 53 weeks, and week 1 of 2025 begins in 2024.
    expect(weekPeriod('2020-W53')).toMatchObject({ from: '2020-12-28', to: '2021-01-03' });
    expect(weekPeriod('2025-W01')).toMatchObject({ from: '2024-12-30', to: '2025-01-05' });
    expect(monthPeriod('2026-02')).toMatchObject({ from: '2026-02-01', to: '2026-02-28' });
  });

  it('have names and addresses', () => {
    expect(periodTitle(dayPeriod('2026-02-06'))).toBe('Friday, 6 February 2026');
    expect(periodTitle(weekPeriod('2026-W06'))).toBe('Week 6 of 2026');
    expect(periodTitle(monthPeriod('2026-02'))).toBe('February 2026');
    expect(periodPath(weekPeriod('2026-W06'))).toBe('/week/2026-W06');
  });

  it('hold every day they are found by', () => {
    const day = fc
      .date({ min: new Date('1901-01-01'), max: new Date('2199-01-01'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.constantFrom('day' as const, 'week' as const, 'month' as const), (d, kind) => {
        const period = periodOf(kind, d);
        expect(period.from <= d && d <= period.to).toBe(true);
      }),
    );
  });

  it.each([
    '2026-02-30',
    '2026-2-6',
    '',
    'today',
    '0000-01-01',
    '+012026-01-01',
    '2026-02-06T00',
    '９９９９-01-01',
  ])('refuse %s as a day in one sentence', (text) =>
    expect(() => dayPeriod(text)).toThrow(/^Give a feed day .*\.$/),
  );

  it('refuse weeks and months that no calendar has', () => {
    for (const text of [
      '2026-W00',
      '2026-W54',
      '2025-W53',
      '2026-6',
      '2026-W6',
      'W06',
      '9999-W52',
      '0000-W01',
    ])
      expect(() => weekPeriod(text), text).toThrow(/^Give a week/);
    for (const text of ['2026-13', '2026-00', '2026-2', '2026-02-01', '9999-01'])
      expect(() => monthPeriod(text), text).toThrow(/^Give a month/);
  });

  it('fail only with a sentence, on any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(dayPeriod, weekPeriod, monthPeriod), (text, period) => {
        try {
          period(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-input' });
        }
      }),
    );
  });
});

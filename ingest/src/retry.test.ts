import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, retryAfterMs } from './retry.ts';

const now = Temporal.Instant.from('2026-01-05T10:00:00Z');

describe('when to ask again', () => {
  it('reads seconds and HTTP dates', () => {
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs(' 0 ', now)).toBe(0);
    expect(retryAfterMs('Mon, 05 Jan 2026 10:01:30 GMT', now)).toBe(90_000);
    expect(retryAfterMs('Mon, 05 Jan 2026 09:00:00 GMT', now)).toBe(0);
  });

  it('ignores what is neither', () => {
    for (const value of [undefined, '', '-5', 'soon', '1e9', 'Blursday, 99 Foo 2026', '12345678901234567890'])
      expect(retryAfterMs(value, now)).toBeUndefined();
  });

  it('doubles up to the cap and varies within half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, chance) => {
          const delay = backoffMs(attempt, { baseMs: 100, capMs: 5_000 }, () => chance);
          const ceiling = Math.min(5_000, 100 * 2 ** (attempt - 1));
          expect(delay).toBeGreaterThanOrEqual(ceiling / 2);
          expect(delay).toBeLessThanOrEqual(ceiling);
        },
      ),
    );
  });
});

// An empty day says why: the most telling reason that is known.
import { defaultCalendar, type FeedDayReport } from '@offprint/catalogue';
import { describe, expect, it } from 'vitest';
import { whyEmpty, whyEmptySpan } from './empty-day.ts';

const noon = Temporal.Instant.from('2026-02-11T17:00:00Z');
const why = (day: string, notes: readonly FeedDayReport[] = [], now = noon) =>
  whyEmpty(day, now, defaultCalendar, notes);
const note = (outcome: FeedDayReport['outcome'], detail: string | null = null): FeedDayReport => ({
  day: '2026-02-10',
  source: 'arxiv-rss',
  outcome,
  detail,
  recordedAt: '2026-02-11T02:05:00.000Z',
});

describe('an empty day', () => {
  it('that is to come says when it opens, in the zone of the feed', () => {
    expect(why('2026-02-12')).toMatchObject({
      kind: 'not-open',
      sentence:
        'Thursday, 12 February 2026 is not open yet: it opens on 11 Feb 2026, 21:30 (America/New_York).',
    });
    expect(why('2026-02-12', [], Temporal.Instant.from('2026-02-12T02:29:00Z')).kind).toBe('not-open');
    expect(why('2026-02-12', [], Temporal.Instant.from('2026-02-12T02:30:00Z')).kind).toBe('waiting');
  });

  it('on a weekend says that arXiv is silent on Fridays and Saturdays', () => {
    expect(why('2026-02-07')).toMatchObject({
      kind: 'weekend',
      sentence: expect.stringContaining('Fridays and Saturdays'),
    });
    expect(why('2026-02-08').kind).toBe('weekend');
  });

  it('whose source announced nothing is a holiday', () => {
    expect(why('2026-02-10', [note('empty')]).kind).toBe('holiday');
  });

  it('whose ingest failed says how, and a later success outweighs it', () => {
    expect(why('2026-02-10', [note('failed', 'HTTP 503.')])).toMatchObject({
      kind: 'failed',
      sentence: 'Fetching this day from arXiv RSS failed on 10 Feb 2026, 21:05: HTTP 503.',
    });
    expect(why('2026-02-10', [note('failed'), note('empty')]).kind).toBe('holiday');
  });

  it('whose papers are all outside of the followed categories says that', () => {
    expect(why('2026-02-10', [note('announced')]).kind).toBe('other-papers');
  });

  it('that nobody filled says how to', () => {
    expect(why('2026-02-10')).toMatchObject({
      kind: 'never-filled',
      advice: expect.stringContaining('--from 2026-02-10 --to 2026-02-10'),
    });
    expect(whyEmptySpan('week', { from: '2026-02-02', to: '2026-02-08' }).advice).toContain(
      '--from 2026-02-02 --to 2026-02-08',
    );
  });
});

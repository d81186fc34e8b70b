import { paperRecordSchema, storePage } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptRecord, webAddress } from './accept-record.ts';

const record = { id: '2601.00001', title: 'A paper' };
const reason = (candidate: object) => {
  const accepted = acceptRecord(candidate, 'x');
  return 'refused' in accepted ? accepted.refused.reason : undefined;
};

describe('the door of the catalogue', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());

  it('refuses what no paper can be, and says why', () => {
    expect(reason(record)).toBeUndefined();
    expect(reason({ ...record, title: ' ' })).toMatch(/title/);
    expect(reason({ ...record, title: 'x'.repeat(100_001) })).toMatch(/title: longer/);
    expect(reason({ ...record, upvotes: 2 ** 31 })).toMatch(/larger/);
    expect(reason({ ...record, publishedAt: '0000-01-01T00:00:00Z' })).toMatch(/between 1900 and 2199/);
    expect(reason({ ...record, organization: { name: 'x'.repeat(201) } })).toMatch(/name/);
    expect(reason({ ...record, listings: [{ day: '2026-02-30', feed: 'daily', announce: 'new' }] })).toMatch(
      /^listings\.0\.day/,
    );
  });

  it('lets nothing through that the catalogue cannot store', async () => {
    const mostly = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
      fc.oneof({ arbitrary: usual, weight: 30 }, { arbitrary: odd, weight: 1 });
    const oddText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\0', '\uD800', 'x'.repeat(5_000), "'; drop table paper; --"),
    );
    const text = fc.oneof(fc.constant('Some text'), oddText);
    const name = mostly(fc.constant('A. Author'), oddText);
    const count = mostly(fc.nat(), fc.constantFrom(2 ** 31, 2 ** 53 - 1));
    const version = mostly(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 2 ** 31));
    const instant = mostly(
      fc.constantFrom('2026-01-05T00:00:00Z', '1900-01-01T00:00:00.123456789Z', '2199-12-31T23:59:59Z'),
      fc.constantFrom('0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
    );
    const day = mostly(fc.constant('2026-01-05'), fc.constantFrom('0001-01-01', '9999-01-01'));
    const candidate = fc.record(
      {
        id: fc.oneof(
          fc.constantFrom('2601.00001', 'page:x', 'hep-th/9901001'),
          fc.string({ minLength: 1, maxLength: 20 }),
        ),
        title: mostly(fc.constant('A paper'), oddText),
        abstract: text,
        authors: fc.array(fc.record({ name, affiliation: text }), { maxLength: 3 }),
        authorCount: count,
        publishedAt: instant,
        updatedAt: instant,
        categories: fc.array(text, { maxLength: 2 }),
        upvotes: count,
        organization: fc.record({ name }),
        versions: fc.array(fc.record({ number: version, submittedAt: instant, sizeBytes: count }), {
          maxLength: 3,
        }),
        listings: fc.array(
          fc.record({
            day,
            feed: fc.constantFrom('daily', 'arxiv'),
            announce: fc.constantFrom('new', 'cross'),
            position: count,
            submittedBy: fc.record({ name }),
          }),
          { maxLength: 2 },
        ),
        aliases: fc.array(fc.constantFrom('page:x', 'page:y', '2601.00001'), { maxLength: 2 }),
      },
      { requiredKeys: ['id', 'title'] },
    );
    let stored = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(candidate, { maxLength: 3 }), async (candidates) => {
        const records = candidates.flatMap((item) => {
          const accepted = acceptRecord(item, 'x');
          return 'record' in accepted ? [accepted.record] : [];
        });
        stored += records.length;
        await storePage(database.db, { source: 'import', records });
      }),
      { numRuns: 150 },
    );
    expect(stored).toBeGreaterThan(50);
  });

  it('lets in only ids that lead to a page, each in its one spelling', () => {
    for (const id of ['..', 'a/../../b c?d#e', 'page:<script>', '\ud800', 'https://example.org/1', 'x'])
      expect(acceptRecord({ ...record, id }, 'line 1')).toEqual({
        refused: { id: 'line 1', reason: expect.stringContaining('neither an arXiv id') },
      });
    for (const [id, canonical] of [
      ['2601.00001v2', '2601.00001'],
      ['https://arxiv.org/abs/2601.00001', '2601.00001'],
      ['math.GT/0309136', 'math/0309136'],
      ['page:a-title', 'page:a-title'],
    ])
      expect(acceptRecord({ ...record, id }, 'x')).toMatchObject({ record: { id: canonical } });
  });

  it('refuses a title without a visible character and a category as long as a text', () => {
    for (const title of [' ', '\u200b\u200b', '\u202e \u00ad'])
      expect(acceptRecord({ ...record, title }, 'x')).toMatchObject({ refused: { reason: 'title: blank' } });
    expect(acceptRecord({ ...record, categories: ['x'.repeat(65)] }, 'x')).toHaveProperty('refused');
    expect(acceptRecord({ ...record, categories: ['cond-mat.mtrl-sci'] }, 'x')).toHaveProperty('record');
  });

  it('keeps only web addresses', () => {
    expect(webAddress(' https://example.org/x ')).toBe('https://example.org/x');
    for (const bad of [
      'javascript:alert(1)',
      'data:text/html,x',
      'example.org',
      '',
      null,
      undefined,
      `https://x/${'y'.repeat(3_000)}`,
    ])
      expect(webAddress(bad)).toBeUndefined();
    expect(
      paperRecordSchema.safeParse({ ...record, thumbnailUrl: webAddress('http://example.org') }).success,
    ).toBe(true);
  });
});

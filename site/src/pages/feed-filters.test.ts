// What the address of a feed page may say, and that every choice has an address.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedQuery, filterHref, isFiltered, parseFilters } from './feed-filters.ts';

const parse = (query: string) => parseFilters(new URLSearchParams(query));
const standard = parse('');

describe('filters', () => {
  it('shows new papers, page one, without cross-lists, when the address says nothing', () => {
    expect(standard).toEqual({
      include: [],
      exclude: [],
      cross: false,
      code: false,
      sort: undefined,
      feed: undefined,
      show: 'new',
      p: 1,
    });
    expect(isFiltered(standard)).toBe(false);
    expect(filterHref('/date/2026-02-06', standard)).toBe('/date/2026-02-06');
  });

  it('takes categories separated, repeated, and spelled as arXiv spells them', () => {
    expect(parse('include=cs.LG,stat.ML&include=astro-ph.GA%20math&include=').include).toEqual([
      'cs.LG',
      'stat.ML',
      'astro-ph.GA',
      'math',
    ]);
  });

  it('takes an empty form as no choice', () => {
    expect(parse('include=&exclude=&feed=&sort=&show=&cross=&code=')).toEqual(standard);
  });

  it('leaves parameters alone that it does not know', () => {
    expect(parse('utm_source=x&sort=newest').sort).toBe('newest');
  });

  it.each([
    'include=cs.LG%3Bdrop',
    'include=%00',
    `include=${'a'.repeat(500)}`,
    'exclude=<b>',
    'cross=maybe',
    'code=2',
    'sort=best',
    'feed=x',
    'show=all',
    'p=0',
    'p=-1',
    'p=1.5',
    'p=9999999',
    'p=',
    'p=%F0',
    `include=${Array.from({ length: 60 }, (_, i) => `a${'b'.repeat((i % 9) + 1)}.X${'y'.repeat(i % 7)}`).join('&include=')}`,
  ])('answers %s with one sentence', (query) => {
    expect(() => parse(query)).toThrow(
      expect.objectContaining({
        name: 'OffprintError',
        code: 'bad-input',
        message: expect.stringMatching(/^[A-Z][^\n]+\.$/),
      }),
    );
  });

  it('never fails in any other way', () => {
    const name = fc.constantFrom('include', 'exclude', 'cross', 'code', 'sort', 'feed', 'show', 'p', 'x');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string({ unit: 'binary' }))), (pairs) => {
        try {
          parseFilters(new URLSearchParams(pairs));
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-input' });
        }
      }),
    );
  });

  it('comes back the same from its own address', () => {
    const category = fc.constantFrom('cs.LG', 'cs', 'math', 'hep-th', 'cond-mat.mes-hall', 'q-bio.NC');
    const some = fc.uniqueArray(category, { maxLength: 4 });
    const filters = fc.record({
      include: some,
      exclude: some,
      cross: fc.boolean(),
      code: fc.boolean(),
      sort: fc.constantFrom('votes' as const, 'newest' as const, 'trending' as const, undefined),
      feed: fc.constantFrom('daily' as const, 'arxiv' as const, undefined),
      show: fc.constantFrom('new' as const, 'replacements' as const),
      p: fc.integer({ min: 1, max: 999_999 }),
    });
    fc.assert(
      fc.property(filters, (f) => {
        const href = filterHref('/trending', f, { p: f.p });
        expect(parseFilters(new URL(href, 'http://x').searchParams)).toEqual(f);
      }),
    );
  });

  it('keeps replacements apart from new papers', () => {
    const range = { from: '2026-02-06', to: '2026-02-06' };
    expect(feedQuery(standard, range, 'votes')).toMatchObject({
      replacements: false,
      replacementsOnly: false,
      offset: 0,
      limit: 50,
    });
    expect(feedQuery(parse('show=replacements&p=3'), range, 'votes')).toMatchObject({
      replacements: true,
      replacementsOnly: true,
      offset: 100,
    });
  });

  it('starts a neighbouring choice on its first page', () => {
    expect(filterHref('/', parse('p=4&code=on'), { sort: 'newest' })).toBe('/?code=on&sort=newest');
  });
});

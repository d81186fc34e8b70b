import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mlAnalyser as analyser } from '../analysis/ml-analyser.ts';
import { formatQuery, withFilter, withoutFilter } from './format.ts';
import { parseQuery } from './parse.ts';
import { noFilter, type Query } from './query.ts';

const today = Temporal.PlainDate.from('2026-03-15');
const parse = (input: string): Query => parseQuery(input, { analyser, today });
const formatted = (input: string): string => formatQuery(parse(input));

describe('a query as text', () => {
  it.each([
    ['  how to   prune ', 'how to prune'],
    ['“loss scaling” sparse', 'sparse "loss scaling"'],
    ['TITLE: "moe" abstract:router Author:"A. Writer"', 'title:moe text:router author:"A. Writer"'],
    ['-"a phrase" -word -title:x', '-"a phrase" -word -title:x'],
    ['category:cs.lg cat:CS.CL -cat:cs.cv', 'cat:cs.LG,cs.CL -cat:cs.CV'],
    ['date:2025-01-01..2025-12-31', 'date:2025'],
    ['date:>=2025-06-01', 'date:2025-06..'],
    ['date:2025-06..2025-07-15', 'date:2025-06..2025-07-15'],
    ['date:1w', 'date:2026-03-08..'],
    ['has:CODE id:arXiv:2502.19712v2 source:ARXIV', 'source:arxiv id:2502.19712 has:code'],
    ['-has:code', '-has:code'],
    ['', ''],
  ])('is written in one way: %s', (input, expected) => expect(formatted(input)).toBe(expected));

  it('is written from its words when it was made by hand', () => {
    const { words } = parse('sparse experts');
    const { required } = parse('"loss scaling"');
    const query: Query = { words, required, excluded: [], filter: noFilter, freeText: '', notes: [] };
    expect(formatQuery(query)).toBe('sparse experts "loss scaling"');
  });
});

describe('a link to a facet', () => {
  it('adds a filter beside others of its field', () => {
    expect(withFilter('sparse experts', 'cat', 'cs.LG')).toBe('sparse experts cat:cs.LG');
    expect(parse(withFilter('sparse cat:cs.CL', 'cat', 'cs.LG')).filter.categories).toEqual([
      'cs.CL',
      'cs.LG',
    ]);
  });
  it('replaces dates and has:', () => {
    expect(withFilter('sparse date:2024..', 'date', '2025')).toBe('sparse date:2025');
    expect(withFilter('-has:code sparse', 'has', 'code')).toBe('sparse has:code');
  });
  it('takes away an exclusion of the same value', () => {
    expect(withFilter('sparse -cat:cs.lg', 'cat', 'cs.LG')).toBe('sparse cat:cs.LG');
  });
  it('removes one value or the whole filter, and nothing else', () => {
    expect(withoutFilter('sparse cat:cs.CL,cs.lg "a b"', 'cat', 'cs.LG')).toBe('sparse cat:cs.CL "a b"');
    expect(withoutFilter('sparse cat:cs.CL category: cs.lg', 'cat')).toBe('sparse');
    expect(withoutFilter('sparse date:2025-06 x', 'date', '2025-06')).toBe('sparse x');
    expect(withoutFilter('sparse cat:* x', 'cat')).toBe('sparse cat:* x');
    expect(withoutFilter('sparse cat:cs.CL', 'cat', 'cs.AI')).toBe('sparse cat:cs.CL');
  });
  it('is not swallowed by what stands before it', () => {
    expect(parse(withFilter('sparse title:', 'cat', 'cs.LG')).filter.categories).toEqual(['cs.LG']);
    expect(parse(withFilter('sparse "loss', 'cat', 'cs.LG')).filter.categories).toEqual(['cs.LG']);
    expect(parse(withFilter('word '.repeat(60), 'cat', 'cs.LG')).filter.categories).toEqual(['cs.LG']);
  });
  it('leads there and back from any text', () => {
    const piece = fc.constantFrom(
      '"',
      '-',
      'title:',
      'cat:',
      'cat:cs.CL',
      'word',
      'cat:cs.LG',
      '"a b"',
      'has:code',
      '“',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(piece, { maxLength: 20 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(typed, (input) => {
        const there = withFilter(input, 'cat', 'cs.LG');
        expect(there.length).toBeLessThanOrEqual(250);
        expect(parse(there).filter.categories).toContain('cs.LG');
        expect(parse(there).filter.excludedCategories).not.toContain('cs.LG');
        expect(parse(withoutFilter(there, 'cat', 'cs.LG')).filter.categories).not.toContain('cs.LG');
      }),
      { numRuns: 1000 },
    );
  });
});

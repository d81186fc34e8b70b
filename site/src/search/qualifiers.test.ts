// The filters of a query beside the results: each is shown once, and taking it out leaves the rest as it was.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activeFilters, withoutFilters } from './qualifiers.ts';

const labels = (q: string): string[] => activeFilters(q).map(({ label }) => label);

describe('the filters of a query', () => {
  it('are told in one way however they are written', () => {
    expect(labels('loss CAT:cs.lg -category:cs.CV date:2025-01..2025-12 has:code source:arXiv')).toEqual([
      'cat:cs.LG',
      '-cat:cs.CV',
      'source:arxiv',
      'date:2025',
      'has:code',
    ]);
  });

  it('are none where words only look like them', () => {
    for (const q of ['loss', '"cat:cs.LG"', 'cat:', 'date:never', 'a:b', '']) expect(labels(q)).toEqual([]);
  });

  it('are taken out one by one', () => {
    const [category, date] = activeFilters('loss cat:cs.LG,cs.CL date:2025').filter(
      ({ label }) => label !== 'cat:cs.CL',
    );
    expect(category?.without).toBe('loss cat:cs.CL date:2025');
    expect(date?.without).toBe('loss cat:cs.LG,cs.CL');
  });

  it('are gone one after the other, whatever was typed', () => {
    const part = fc.constantFrom(
      'loss',
      'cat:cs.LG',
      '-cat:cs',
      'date:2025..',
      'has:code',
      'id:2406.08607',
      '"x',
      '-',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 8 })), { maxLength: 8 }), (parts) => {
        let q = parts.join(' ');
        for (let left = labels(q).length; left > 0; left -= 1) {
          const before = labels(q).length;
          q = activeFilters(q)[0]?.without ?? '';
          expect(labels(q).length).toBeLessThan(before);
        }
        expect(labels(q)).toEqual([]);
        expect(labels(withoutFilters(parts.join(' ')))).toEqual([]);
      }),
    );
  });
});

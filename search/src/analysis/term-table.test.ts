import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TermTable } from './term-table.ts';
import type { WordTerms } from './word-terms.ts';
import { wordTerms } from './word-terms.ts';

const told = (table: TermTable, text: string): [string, number, number, number, boolean][] => {
  const tokens: [string, number, number, number, boolean][] = [];
  table.tell(text, 0, text.length, 5, (...token) => tokens.push(token));
  return tokens;
};

describe('the table of words', () => {
  // Few enough that they come again after the table was full.
  const few = 'loss model KV-cache ImageNet 8bit é x y z the runs sets maps graphs trees'.split(' ');
  const word = fc.oneof(fc.constantFrom(...few), fc.stringMatching(/^[a-cA-C\-0-1é]{1,8}$/));

  it('tells what the analysis of the word tells, known or not, full or not', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const table = new TermTable(8, wordTerms);
        for (const one of words) {
          const expected = wordTerms(one).terms.map(({ term, position, start, end, variant }) => [
            term,
            position + 5,
            start,
            end,
            variant,
          ]);
          expect(told(table, one)).toEqual(expected);
          expect(table.size).toBeLessThanOrEqual(8);
        }
      }),
    );
  });
  it('analyses a word once', () => {
    const analysed: string[] = [];
    const table = new TermTable(8, (text): WordTerms => {
      analysed.push(text);
      return wordTerms(text);
    });
    for (const text of ['loss', 'model', 'loss', 'loss']) told(table, text);
    expect(analysed).toEqual(['loss', 'model']);
  });
  it('finds a word anywhere in a text', () => {
    const table = new TermTable(8, wordTerms);
    told(table, 'loss');
    const places: number[] = [];
    table.tell('a loss b', 2, 6, 0, (_term, _position, start, end) => places.push(start, end));
    expect([places, table.size]).toEqual([[2, 6], 1]);
  });
});

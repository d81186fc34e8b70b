import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, plain, wrap } from './terminal-text.ts';

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\u001b[31m', '\u001b]0;title\u0007', '\u0000', '\r', '\u009b2J', '\u202e', ' '),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
  ),
  maxLength: 200,
});

describe('other people’s text on a terminal', () => {
  it('holds nothing that the terminal would obey', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const shown of [plain(text), clip(text, 40), wrap(text, 40).replaceAll('\n', '')])
          expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('keeps every word, in order, when it is wrapped', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/)),
        fc.integer({ min: 12, max: 80 }),
        (words, width) => {
          const lines = wrap(words.join(' '), width).split('\n');
          expect(lines.join(' ')).toBe(words.join(' '));
          expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it('is cut between characters as people count them', () => {
    expect(clip('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2)).toBe('👩‍👩‍👧‍👦…');
    expect(clip('short', 5)).toBe('short');
  });
});

// What a result shows of an abstract: the part where the words are, marked, with formulas and links whole.
import { mlAnalyser } from '@offprint/search';
import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../search/marks.ts';
import type { Marks } from './marked.ts';
import { inlineHtml } from './prose.ts';
import { snippet } from './snippet.ts';

function marks(words: string): Marks {
  const found = marksOf(mlAnalyser.text(words).map(({ term }) => term));
  if (found === undefined) throw new Error('these words have no term');
  return found;
}

const filler = 'Nothing of the kind is said in this sentence. '.repeat(12);

describe('a snippet', () => {
  it('is all of a short text', () => {
    expect(snippet('Tokens are kept.', marks('token'))).toEqual({
      part: '<mark>Tokens</mark> are kept.',
      whole: undefined,
    });
  });

  it('begins near the words, between words, and says that something is left out', () => {
    const { part, whole } = snippet(`${filler}Tokens are kept. ${filler}`, marks('token'));
    expect(part).toMatch(/^… \w/);
    expect(part).toMatch(/\w\.? …$/);
    expect(part).toContain('<mark>Tokens</mark> are kept.');
    expect(part.length).toBeLessThan(400);
    expect(whole).toContain('<mark>Tokens</mark> are kept.');
  });

  it('is the beginning where no word stands', () => {
    expect(snippet(filler, marks('token')).part).toMatch(/^Nothing of the kind/);
  });

  it('holds formulas and links whole wherever it is cut', () => {
    const formula = '$\\frac{a}{b}$ and https://example.org/tokens ';
    for (let before = 0; before < 60; before += 1) {
      const { part } = snippet(`${'x '.repeat(before)}${formula.repeat(20)}tokens ${filler}`, marks('token'));
      expect(part.match(/<math/g)?.length).toBe(part.match(/<\/math>/g)?.length);
      expect(part).not.toContain('$');
      expect(part).not.toMatch(/href="[^"]*<mark/);
    }
  });

  it('is well-formed for any text and any words', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '$x^2$',
        '\\emph{tokens}',
        'tokens ',
        '<b>tokens</b>',
        '$',
        '{',
        '}',
        'https://a.example/ ',
        '👩‍🔬',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 120 }), (pieces) => {
        const { part, whole } = snippet(pieces.join(''), marks('tokens'));
        for (const html of [part, whole ?? '']) {
          const errors: string[] = [];
          parseFragment(html, { onParseError: ({ code }) => errors.push(code) });
          expect(errors).toEqual([]);
        }
      }),
    );
  });
});

describe('a line with marks', () => {
  it('reads as the line without them', () => {
    const text = fc.array(
      fc.constantFrom('Tokens', ' ', '$t_{token}$', '&', '\\textbf{token}', '<i>', '—', 'token-wise'),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const line = parts.join('');
        const marked = inlineHtml(line, { marks: marks('token') });
        expect(marked.replace(/<\/?mark>/g, '')).toBe(inlineHtml(line));
      }),
    );
  });

  it('marks inside of emphasis, never inside of a formula', () => {
    expect(inlineHtml('\\emph{the tokens} $token$', { marks: marks('token') })).toMatch(
      /^<em>the <mark>tokens<\/mark><\/em> <math(?:(?!<mark).)*$/s,
    );
  });
});

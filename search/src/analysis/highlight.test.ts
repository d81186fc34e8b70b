import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../query/parse.ts';
import { queryTerms } from '../query/query-terms.ts';
import { formulaRanges } from './formulas.ts';
import { highlight, highlightRanges, snippetRange } from './highlight.ts';
import { mlAnalyser } from './ml-analyser.ts';

const termsOf = (query: string, field: 'title' | 'abstract' | 'author' = 'abstract'): ReadonlySet<string> =>
  queryTerms(parseQuery(query, { analyser: mlAnalyser }), field);
/** A text with brackets around what is marked. */
const marked = (text: string, query: string, maxLength?: number): string =>
  highlight(text, termsOf(query), maxLength === undefined ? {} : { maxLength })
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');

describe('what is marked', () => {
  it('is each word with the stem of a word that was looked for', () => {
    expect(marked('Pruning what was pruned, never a prune tree', 'pruned trees')).toBe(
      '[Pruning] what was [pruned], never a [prune] [tree]',
    );
  });
  it('is every spelling of a compound', () => {
    expect(marked('Fine-tuning is finetuning', 'fine-tuning')).toBe('[Fine-tuning] is [finetuning]');
    expect(marked('Fine-tuning is finetuning', 'finetuning')).toBe('[Fine-tuning] is [finetuning]');
  });
  it('is the word inside a name that was looked for, and the whole name when that was', () => {
    expect(marked('On ImageNet', 'image')).toBe('On [Image]Net');
    expect(marked('On ImageNet, an image set', 'ImageNet')).toBe('On [ImageNet], an image set');
  });
  it('is a whole formula, whatever part of it matches', () => {
    expect(marked('An $\\alpha$-divergence of $\\alpha + \\beta$', 'alpha')).toBe(
      'An [$\\alpha$]-divergence of [$\\alpha + \\beta$]',
    );
  });
  it('stands where the word stands, whatever was left out before it', () => {
    expect(marked('\\textbf{Schr\\"odinger} 😀 na\u0308ive Løss', 'schrodinger naive loss')).toBe(
      '\\textbf{[Schr\\"odinger]} 😀 [na\u0308ive] [Løss]',
    );
  });
  it('is not what was excluded, nor what another field was asked for', () => {
    expect(marked('sparse dense loss', 'loss -sparse title:dense')).toBe('sparse dense [loss]');
    expect(termsOf('loss title:dense', 'title')).toContain('dens');
  });
  it('is a part of a person’s name', () => {
    const terms = termsOf('author:writer', 'author');
    expect(highlightRanges("Ann O'Writer-Reader", terms, { as: 'name' })).toEqual([[6, 12]]);
  });
});

describe('the part of an abstract that is shown', () => {
  const filler = (count: number): string => 'Some other thing is told here at length. '.repeat(count);
  const text = `${filler(8)}We prune experts. ${filler(8)}Sparse experts lose little when we prune them. ${filler(8)}`;

  it('is where most different words of the query are', () => {
    expect(marked(text, 'sparse experts prune', 90)).toBe(
      '…[Sparse] [experts] lose little when we [prune] them. Some other thing is told here at length.…',
    );
  });
  it('is the beginning when nothing matches, cut after a word', () => {
    expect(marked(text, 'quantum', 20)).toBe('Some other thing is…');
  });
  it('is the whole text when that is short', () => {
    expect(marked('Short text', 'text', 100)).toBe('Short [text]');
  });
  it('never breaks a formula', () => {
    const long = `${filler(3)}prune $a + b + c + d + e + f + g$ ${filler(3)}`;
    for (let length = 10; length < 160; length += 1) {
      const [start, end] = snippetRange(long, termsOf('prune'), length);
      expect(long.slice(start, end).split('$').length % 2, String(length)).toBe(1);
    }
  });
  it('takes prices for no formulas', () => {
    expect(formulaRanges('It costs $5 or $10, $x$ and $$y$$ and \\(z\\)')).toEqual([
      [20, 23],
      [28, 33],
      [38, 43],
    ]);
  });

  const word = fc.constantFrom(
    'prune',
    'experts',
    '$a b$',
    '$',
    '😀',
    '深度学习',
    'is',
    '.',
    '\n',
    '\\(x y\\)',
    'fine-tuning',
  );
  const anyText = fc.oneof(
    fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
    fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );

  it('holds a match when there is one, breaks no formula and no character, and is about as long as wished', () => {
    const terms = termsOf('prune experts fine-tuning 深度');
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 120 }), (any, length) => {
        const [start, end] = snippetRange(any, terms, length);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(any.length);
        expect(end).toBeGreaterThanOrEqual(start);
        const whole = highlightRanges(any, terms);
        const seen = whole.filter(([from, to]) => from >= start && to <= end);
        if (whole.length > 0) expect(seen.length).toBeGreaterThan(0);
        for (const cut of [start, end]) {
          for (const [from, to] of formulaRanges(any)) expect(cut > from && cut < to).toBe(false);
          expect(/^[\ud800-\udbff][\udc00-\udfff]/.test(any.slice(cut - 1, cut + 1)) && cut > 0).toBe(false);
        }
        const formulas = formulaRanges(any).map(([from, to]) => to - from);
        expect(end - start).toBeLessThanOrEqual(length + 2 * Math.max(0, ...formulas));
      }),
      { numRuns: 1000 },
    );
  });
  it('is in pieces that make the text again', () => {
    const terms = termsOf('prune experts fine-tuning');
    fc.assert(
      fc.property(anyText, (any) => {
        expect(
          highlight(any, terms)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(any);
      }),
    );
  });
});

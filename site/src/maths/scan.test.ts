// Where formulas begin and end in running text, and which dollars are money.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulaAt } from './scan.ts';

/** Every formula of a text from left to right, as its LaTeX. */
function formulas(text: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const formula = formulaAt(text, i);
    if (formula) {
      found.push(formula.source);
      i = formula.end - 1;
    }
  }
  return found;
}

describe('formulas in text', () => {
  it.each([
    ['the $n$-th of $O(n \\log n)$ steps', ['n', 'O(n \\log n)']],
    ['$$\\sum_i x_i$$ and \\(a\\) and \\[b\\]', ['\\sum_i x_i', 'a', 'b']],
    ['a recall of $\\sim$80 and $>$5%', ['\\sim', '>']],
    ['spaced $ \\alpha $ and $ x $ too', [' \\alpha ', ' x ']],
    ['nested $\\text{if $x$ holds}$ dollars', ['\\text{if $x$ holds}']],
    ['\\begin{equation}x=1\\end{equation}', ['x=1']],
    ['\\begin{align*}x&=1\\\\y&=2\\end{align*}', ['\\begin{aligned}x&=1\\\\y&=2\\end{aligned}']],
    ['$0.5\\%$ of $3.1_{-0.2}^{+0.1}$', ['0.5\\%', '3.1_{-0.2}^{+0.1}']],
    ['a price like \\$5 and a set $\\{1\\}$', ['\\{1\\}']],
  ])('reads %s', (text, expected) => expect(formulas(text)).toEqual(expected));

  it.each([
    'it costs $5 and $10 a month',
    'from $5-$10, or US$3, or 4$ each',
    'sold for $3 per image compared to 5$ elsewhere',
    'a budget of $1.2M/$3.4M',
    'between $100,000 and $250,000.',
    'a lone $ sign',
    '$$ and nothing else',
    '$$$$',
    '\\( never closed',
    'one paragraph $x\n\nanother$ paragraph',
  ])('leaves money and strays alone: %s', (text) => expect(formulas(text)).toEqual([]));

  it('finds a formula behind a price', () => {
    expect(formulas('at $5 a run, $x_1$ wins')).toEqual(['x_1']);
  });

  it('ends behind where it starts, inside the text, for any text', () => {
    const text = fc
      .array(fc.constantFrom('$', '$$', '\\(', '\\)', '\\[', '\\]', '{', '}', '\\', 'a', ' ', '5', '\n'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (t) => {
        for (let i = 0; i < t.length; i++) {
          const formula = formulaAt(t, i);
          if (!formula) continue;
          expect(formula.end).toBeGreaterThan(i + 1);
          expect(formula.end).toBeLessThanOrEqual(t.length);
          expect(t.slice(i, formula.end)).toContain(formula.source);
        }
      }),
    );
  });
});

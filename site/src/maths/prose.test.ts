// How other people's text comes out: readable LaTeX, safe HTML, whatever was put in.
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { excerpt } from './excerpt.ts';
import { mathElements } from './mathml.ts';
import { inlineHtml, paragraphsHtml, paragraphsOf, plainProse, proseElements } from './prose.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is Element => 'tagName' in node;

/** Every element of a piece of HTML, as an independent parser of the standard sees it. */
function elementsOf(html: string): Element[] {
  const all: Element[] = [];
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes)
      if (isElement(node)) {
        all.push(node);
        walk(node.childNodes);
      }
  };
  walk(parseFragment(html).childNodes);
  return all;
}

/** What a reader sees. */
function textOf(html: string): string {
  const read = (nodes: readonly Node[]): string =>
    nodes
      .map((node) => (isElement(node) ? read(node.childNodes) : 'value' in node ? node.value : ''))
      .join('');
  return read(parseFragment(html).childNodes);
}

const allowedAttributes = new Set(
  'href rel class tabindex role aria-label alttext display displaystyle scriptlevel stretchy fence separator accent accentunder lspace rspace minsize maxsize width height depth voffset linethickness columnalign columnspacing rowspacing movablelimits largeop notation mathvariant mathbackground'.split(
    ' ',
  ),
);

function expectSafe(html: string): void {
  for (const element of elementsOf(html)) {
    expect(proseElements.has(element.tagName) || mathElements.has(element.tagName), element.tagName).toBe(
      true,
    );
    for (const { name, value } of element.attrs) {
      expect(allowedAttributes.has(name), name).toBe(true);
      if (name === 'href') expect(value).toMatch(/^https?:\/\//i);
    }
  }
}

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '&amp;',
        '<script>',
        '</p>',
        '<img src=x onerror=alert(1)>',
        '<!--',
        ']]>',
        '\u0000',
        '\u202e',
        '\ud800',
        '$',
        '$$',
        '\\(',
        '\\)',
        '{',
        '}',
        '\\',
        '\\emph{',
        '\\textbf{',
        '\\href{',
        'javascript:alert(1)',
        'https://x.example/',
        '\\url{',
        '\\frac',
        '\\def\\a{\\a\\a}\\a',
        '\\rule{9em}{9em}',
        '\\html',
        '\\includegraphics{x}',
        '_',
        '^',
        '\\begin{align}',
        '\\end{align}',
        '\\unicode{x3c}',
        "\\'",
        '\\"{',
        ' ',
        '\n\n',
        'word',
        '5',
        '%',
        '~',
        '``',
        "''",
        '--',
        '\\color{red}',
        '\\kern-99em',
        '\\tag{1}',
        '\\mathbb{R}',
        '\\sqrt',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

describe('text with LaTeX', () => {
  it.each([
    [
      'Erd\\H{o}s, G\\\'abor, \\c{C}, {\\"o}, \\v s, Stra{\\ss}e, \\o re',
      'Erdős, Gábor, Ç, ö, š, Straße, øre',
    ],
    ['\\emph{so} and {\\it so} and \\textbf{so}', '<em>so</em> and <em>so</em> and <strong>so</strong>'],
    ['50\\% of R\\&D \\_ \\#1 \\$5', '50% of R&amp;D _ #1 $5'],
    ["a ``word'' -- pages 3--5---done", 'a “word” – pages 3–5—done'],
    ['Fig.~3, ~10% and 5~km', 'Fig.\u00a03, ~10% and 5\u00a0km'],
    ['{BERT} keeps {0, 1}', 'BERT keeps {0, 1}'],
    [
      '\\texttt{a\\_b} \\textsc{Name} x\\textsuperscript{2}',
      '<code>a_b</code> <span class="sc">Name</span> x<sup>2</sup>',
    ],
    ['\\cite{key} \\unknowncommand stays', '[key] \\unknowncommand stays'],
    [
      '\\eg things, H$_2$O',
      'e.g. things, H<math alttext="_2"><mrow><msub><mrow></mrow><mn>2</mn></msub></mrow></math>O',
    ],
  ])('reads %s', (text, html) => expect(inlineHtml(text)).toBe(html));

  it('links addresses without the full stop behind them', () => {
    expect(inlineHtml('see https://x.example/a_b~c. And (https://x.example/d)')).toBe(
      'see <a href="https://x.example/a_b~c" rel="nofollow noopener">https://x.example/a_b~c</a>. And (<a href="https://x.example/d" rel="nofollow noopener">https://x.example/d</a>)',
    );
    expect(inlineHtml('\\href{https://x.example/}{our page}')).toContain('>our page</a>');
    expect(inlineHtml('\\href{javascript:alert(1)}{our page}')).toBe('<code>our page</code>');
    expect(inlineHtml('https://x.example/', { links: false })).toBe('https://x.example/');
  });

  it('writes blackboard, script and bold letters as the characters they are', () => {
    expect(textOf(inlineHtml('$\\mathbb{R}^n, \\mathcal{L}, \\mathbf{x}, \\mathfrak{g}, \\mathbb{1}$'))).toBe(
      'ℝn,ℒ,𝐱,𝔤,𝟙',
    );
  });

  it('shows formulas that are no LaTeX as they were written', () => {
    expect(inlineHtml('a $\\frac{1}{$ b')).toContain('$\\frac{1}{$');
    expect(inlineHtml('$\\left( x$')).toBe('<code class="tex">$\\left( x$</code>');
  });

  it('parts a function from its argument, as TeX does', () => {
    expect(inlineHtml('$\\log n$')).toContain('<mspace width="0.1667em"></mspace><mi>n</mi>');
    expect(inlineHtml('$\\log(n)$')).not.toContain('mspace');
  });

  it("reads an author's own macro as its name", () => {
    expect(textOf(inlineHtml('$\\MyModel_2$'))).toBe('MyModel2');
  });

  it('parts paragraphs at blank lines and at indented lines', () => {
    expect(paragraphsOf('one\nstill one\n\ntwo\n  three')).toEqual(['one still one', 'two', 'three']);
    expect(paragraphsHtml('a\n\nb')).toBe('<p>a</p><p>b</p>');
  });

  it('drops characters that reverse, hide or pile up, and keeps emoji and right-to-left text', () => {
    expect(plainProse('a\u202eb\u0000c\u2066d\u0007')).toBe('abcd');
    expect(plainProse(`z${'\u0301'.repeat(500)}`).length).toBeLessThan(8);
    expect(plainProse('👩‍🔬 שלום مرحبا')).toBe('👩‍🔬 שלום مرحبا');
  });

  it('gives text without LaTeX where only text can stand', () => {
    expect(plainProse('An \\emph{easy} $O(n)$ way\nto \\"Uber')).toBe('An easy O(n) way to Über');
    expect(plainProse('word '.repeat(100), 50).length).toBeLessThanOrEqual(50);
  });
});

describe('any text at all', () => {
  it('becomes HTML with no element and no attribute but those allowed', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expectSafe(inlineHtml(text));
        expectSafe(paragraphsHtml(text));
        const { lead, rest } = excerpt(text.repeat(12));
        expectSafe(lead);
        expectSafe(rest);
      }),
      { numRuns: 1500 },
    );
  });

  it('draws the bar of a rule, but never a box over the text around it', () => {
    expect(inlineHtml('$\\rule{1em}{0.2em}$')).toContain('mathbackground');
    const box = inlineHtml('before $\\rule{1000em}{1000em}$ after');
    expect(box).not.toContain('mathbackground');
    expect(box).not.toMatch(/"(?:[3-9]|\d{2,})(?:\.\d+)?em"/);
  });

  it('keeps plain words exactly, in order', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9]{1,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 300 }), (words) => {
        const text = words.join(' ');
        expect(textOf(inlineHtml(text))).toBe(text);
        const { lead, rest } = excerpt(text);
        expect(`${textOf(lead)} ${textOf(rest)}`.trim()).toBe(text);
      }),
    );
  });

  it('has nothing focusable or followable where the line itself is a link', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const element of elementsOf(inlineHtml(text, { links: false }))) {
          expect(element.tagName).not.toBe('a');
          expect(element.attrs.map(({ name }) => name)).not.toContain('tabindex');
        }
      }),
    );
  });

  it('is read in one pass: a hundred thousand characters of anything do not stall it', () => {
    for (const unit of [
      '$',
      '\\(',
      '{',
      '\\begin{align}',
      '{\\it ',
      '\\emph{',
      '$\\frac{1}{2}$ ',
      '<b>',
      'https://a',
      '\\',
      '`` ',
      'x',
    ])
      expectSafe(paragraphsHtml(unit.repeat(Math.ceil(100_000 / unit.length))));
  });
});

describe('the excerpt on a card', () => {
  const sentence = (n: number): string =>
    `Sentence number ${n} says something of a middling length about nothing.`;

  it('leaves a short text whole', () => {
    expect(excerpt('Short. Text.')).toEqual({
      lead: 'Short. Text.',
      rest: '',
      midSentence: false,
      clipped: false,
    });
  });

  it('ends with a whole sentence, and the rest goes on with the next', () => {
    const text = Array.from({ length: 12 }, (_, i) => sentence(i)).join(' ');
    const { lead, rest } = excerpt(text);
    expect(lead.endsWith('.')).toBe(true);
    expect(lead.length).toBeGreaterThan(120);
    expect(lead.length).toBeLessThanOrEqual(420);
    expect(rest.startsWith('Sentence number')).toBe(true);
    expect(`${lead} ${rest}`).toBe(text);
  });

  it('would rather be long than stop inside a sentence, and says so when it must', () => {
    const long = `${'word '.repeat(100)}end. Another sentence follows here.`;
    expect(excerpt(long)).toMatchObject({ rest: 'Another sentence follows here.', midSentence: false });
    expect(excerpt('word '.repeat(400))).toMatchObject({ midSentence: true });
  });

  it('says so when even the rest is not the whole', () => {
    expect(excerpt(sentence(1).repeat(500)).clipped).toBe(true);
  });
});

// LaTeX formulas as MathML: typeset on the server, needing no font, script or style of ours in the browser.
import katex from 'katex';
import { escapeHtml } from './escape.ts';
import { inAlphabet } from './math-alphabets.ts';

/** What may stand in our pages inside `<math>`; everything else that KaTeX might write is dropped. */
export const mathElements: ReadonlySet<string> = new Set(
  (
    'math mrow mi mo mn mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mstyle ' +
    'mpadded mphantom mtable mtr mtd menclose mprescripts mmultiscripts'
  ).split(' '),
);

// Colours are left out: they would fight the reader's colour scheme.
const attributes = new Set(
  (
    'display displaystyle scriptlevel stretchy fence separator accent accentunder lspace rspace minsize maxsize ' +
    'width height depth voffset linethickness columnalign columnspacing rowspacing movablelimits largeop notation'
  ).split(' '),
);

const cacheSize = 4000;
const cache = new Map<string, string | undefined>();

/**
 * A formula as a `<math>` element, or `undefined` when it is not valid LaTeX. Never throws. Formulas seen
 * lately are remembered, since a feed page shows the same ones over and over.
 */
export function formulaHtml(source: string, display: boolean): string | undefined {
  const key = `${display ? 'd' : 'i'}${source}`;
  if (cache.has(key)) return cache.get(key);
  const html = typeset(source, display);
  const oldest = cache.size >= cacheSize ? cache.keys().next().value : undefined;
  if (oldest !== undefined) cache.delete(oldest);
  cache.set(key, html);
  return html;
}

function typeset(source: string, display: boolean): string | undefined {
  // Authors' own macros are not submitted with the abstract; a few unknown ones are read as their names.
  const macros: Record<string, string> = { ...commonMacros };
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      const html = katex.renderToString(repaired(source), {
        output: 'mathml',
        displayMode: display,
        throwOnError: true,
        strict: 'ignore',
        trust: false,
        maxExpand: 200,
        maxSize: 2,
        macros: { ...macros },
      });
      const markup = /<math[\s\S]*<\/math>/.exec(html)?.[0];
      return markup === undefined ? undefined : tidied(markup, source);
    } catch (error) {
      // Anything else is not LaTeX, or nested so deeply that the stack ran out: shown as it was written.
      const unknown = /Undefined control sequence: \\([A-Za-z]+)/.exec(String(error))?.[1];
      if (unknown === undefined || Object.hasOwn(macros, `\\${unknown}`)) return undefined;
      macros[`\\${unknown}`] = `\\mathrm{${unknown}}`;
    }
  }
  return undefined;
}

/** Macros that many authors define alike. */
const commonMacros: Readonly<Record<string, string>> = {
  '\\bb': '\\mathbb',
  '\\Tilde': '\\tilde',
  '\\Bar': '\\bar',
  '\\Hat': '\\hat',
  '\\ensuremath': '#1',
  '\\mbox': '\\text{#1}',
  '\\arcsec': "{''}",
  '\\arcmin': "{'}",
  '\\kms': '\\mathrm{km\\,s^{-1}}',
};

/** What LaTeX takes and KaTeX does not, or takes as a comment. */
function repaired(source: string): string {
  return source
    .replace(/(\\.)|%/g, (_match, escaped: string | undefined) => escaped ?? '\\%')
    .replace(/\\text(?:tt|bf|it|rm|sf)?\{[^{}$]*\}/g, (text) => text.replace(/(?<!\\)_/g, '\\_'))
    .replace(/([_^])\s*\\(rm|bf|it|tt|sf)\s*\{([^{}]*)\}/g, '$1{\\$2 $3}')
    .replace(/([_^])\s*\\(rm|bf|it|tt|sf)\s+([A-Za-z0-9])/g, '$1{\\$2 $3}')
    .replace(/\\unicode\{x([0-9a-fA-F]{2,5})\}/g, (whole, code) => {
      const point = Number.parseInt(code, 16);
      return point > 0xa0 && !(point >= 0xd800 && point < 0xe000)
        ? `\\text{${String.fromCodePoint(point)}}`
        : whole;
    });
}

/** KaTeX's markup with letters in their alphabets, the source as alternative text, and nothing not allowed. */
function tidied(markup: string, source: string): string {
  return (
    markup
      .replace(/<annotation[\s\S]*?<\/annotation>/g, '')
      // `\\log n`: browsers put no space behind a function's name, TeX does unless a bracket follows.
      .replace(/<mo>\u2061<\/mo>(?!<mo|<\/)/g, '<mo>\u2061</mo><mspace width="0.1667em"></mspace>')
      .replace(/<(mi|mn|mo)([^>]*?) mathvariant="([a-z-]+)"([^>]*)>([^<]*)<\/\1>/g, lettered)
      .replace(/<(\/?)([a-z]+)([^>]*?)(\/?)>/g, (_tag, slash, name, rest) => {
        if (!mathElements.has(name)) return '';
        return slash
          ? `</${name}>`
          : `<${name}${name === 'math' ? mathAttributes(rest, source) : kept(name, rest)}>`;
      })
  );
}

function lettered(
  _whole: string,
  tag: string,
  before: string,
  variant: string,
  after: string,
  text: string,
): string {
  // `normal` is the one value that MathML Core knows: it keeps a single letter upright.
  if (variant === 'normal') return `<${tag} mathvariant="normal">${text}</${tag}>`;
  const letters = text.startsWith('&') ? text : inAlphabet(text, variant);
  return `<${tag}${before}${after}>${letters}</${tag}>`;
}

function mathAttributes(rest: string, source: string): string {
  const display = rest.includes('display="block"') ? ' display="block"' : '';
  return `${display} alttext="${escapeHtml(source.trim())}"`;
}

function kept(element: string, rest: string): string {
  let out = '';
  for (const [, name, value] of rest.matchAll(/([a-z]+)="([^"]*)"/g)) {
    if (name === undefined || value === undefined) continue;
    if (name === 'mathvariant' && value === 'normal') out += ' mathvariant="normal"';
    // The bar that `\\rule` draws; a background behind letters, or a whole box, would hide what stands around.
    else if (name === 'mathbackground' && element === 'mspace' && isBar(rest))
      out += ' mathbackground="currentcolor"';
    else if (attributes.has(name)) out += ` ${name}="${bounded(value)}"`;
  }
  return out;
}

/** Whether a filled space is low enough to be a bar. */
function isBar(attributes: string): boolean {
  const height = /\bheight="(\d*\.?\d+)em"/.exec(attributes);
  return height !== null && Number(height[1]) <= 0.5;
}

/** A large negative space could pull a formula over the text beside it. */
function bounded(value: string): string {
  const length = /^(-\d*\.?\d+)(em|ex|pt)$/.exec(value);
  return length && Number(length[1]) < -1 ? `-1${length[2]}` : value;
}

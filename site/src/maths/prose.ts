// Other people's text as HTML: paragraphs, formulas, emphasis and links, and nothing they did not mean as such.
import { cleanText, clip } from './clean-text.ts';
import { escapeHtml } from './escape.ts';
import { type FormulaInline, type Inline, plainOf } from './inline.ts';
import { readInlines } from './latex-text.ts';
import { type Marks, markRun } from './marked.ts';
import { formulaHtml } from './mathml.ts';

/** How much typesetting one text may ask for; formulas beyond stay as they were written. */
export interface Allowance {
  formulas: number;
  sourceLength: number;
}

export const newAllowance = (): Allowance => ({ formulas: 300, sourceLength: 20_000 });

/** Longer formulas get a box of their own to scroll in on narrow screens. */
const widestInline = 60;

/** Elements that `inlineHtml` and `paragraphsHtml` write, outside of `<math>`. */
export const proseElements: ReadonlySet<string> = new Set([
  'p',
  'em',
  'strong',
  'code',
  'sup',
  'sub',
  'span',
  'a',
  'mark',
  'math',
]);

/**
 * One line of text (a title, a name, a sentence) as HTML. Never throws.
 *
 * @param options `links: false` where the line itself stands in a link: nothing in it can be followed or focused;
 * `marks` marks what was searched.
 */
export function inlineHtml(
  text: string,
  options: { readonly links?: boolean; readonly marks?: Marks | undefined } = {},
): string {
  const line = cleanText(text).replace(/\s+/g, ' ').trim();
  const run = readInlines(line);
  return htmlOf(options.marks ? markRun(run, options.marks) : run, newAllowance(), options.links ?? true);
}

/** An abstract as paragraphs of HTML. Never throws. */
export function paragraphsHtml(text: string): string {
  const allowance = newAllowance();
  return paragraphsOf(text)
    .map((paragraph) => `<p>${htmlOf(readInlines(paragraph), allowance, true)}</p>`)
    .join('');
}

/** Text without LaTeX and markup, on one line, for places that take only text: `<title>`, metadata, exports. */
export function plainProse(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  const line = plainOf(readInlines(cleanText(text).replace(/\s+/g, ' ').trim())).replace(/\s+/g, ' ');
  return clip(line.trim(), maxLength);
}

/** The paragraphs of a text: a blank line parts them, and so does a line that arXiv indents. */
export function paragraphsOf(text: string): string[] {
  return cleanText(text)
    .split(/\n[ \t]*\n|\n(?=[ \t]{2,}\S)/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');
}

/** HTML of inlines already read. @internal to this folder. */
export function htmlOf(run: readonly Inline[], allowance: Allowance, links: boolean): string {
  let html = '';
  for (const item of run) {
    if (typeof item === 'string') html += escapeHtml(item);
    else if ('formula' in item) html += formulaOf(item, allowance, links);
    else if ('href' in item) html += linkOf(item.href, htmlOf(item.children, allowance, false), links);
    else if (item.mark === 'small-caps')
      html += `<span class="sc">${htmlOf(item.children, allowance, links)}</span>`;
    else html += `<${item.mark}>${htmlOf(item.children, allowance, links)}</${item.mark}>`;
  }
  return html;
}

function linkOf(href: string, inner: string, links: boolean): string {
  return links ? `<a href="${escapeHtml(href)}" rel="nofollow noopener">${inner}</a>` : inner;
}

function formulaOf(item: FormulaInline, allowance: Allowance, focusable: boolean): string {
  allowance.formulas -= 1;
  allowance.sourceLength -= item.formula.length;
  const within = allowance.formulas >= 0 && allowance.sourceLength >= 0;
  const html = within ? formulaHtml(item.formula, item.display) : undefined;
  if (html === undefined) return `<code class="tex">${escapeHtml(item.written)}</code>`;
  if (!focusable || (!item.display && item.formula.length <= widestInline)) return html;
  // Scrollable boxes must be reachable by keyboard.
  return `<span class="${item.display ? 'display' : 'wide'}" tabindex="0" role="group" aria-label="formula">${html}</span>`;
}

// Finding formulas in running text: where maths begins and ends, and where a dollar is only money.

/** A formula found in text. */
export interface Formula {
  /** LaTeX between the delimiters. */
  readonly source: string;
  readonly display: boolean;
  /** Index just behind the closing delimiter. */
  readonly end: number;
}

/** Longer stretches are no formula anyone wrote in an abstract, and would cost time to typeset. */
const longestFormula = 2000;

const environments = 'equation|displaymath|math|align|aligned|gather|gathered|multline|eqnarray';
const opening = new RegExp(String.raw`\\begin\{(${environments})(\*?)\}`, 'y');

/**
 * The formula that starts at `start`, if one does.
 *
 * `$…$` starts from Pandoc's rule (`tex_math_dollars`: no space inside the dollars, no digit behind) and
 * loosens it where the content can only be LaTeX, since abstracts hold `$ \alpha $` and `$\sim$80`; on the
 * other side, a number followed by plain words is money.
 *
 * @see https://pandoc.org/MANUAL.html#math
 */
export function formulaAt(text: string, start: number): Formula | undefined {
  if (text[start] === '$') return text[start + 1] === '$' ? doubleDollar(text, start) : dollar(text, start);
  if (text.startsWith('\\(', start)) return delimited(text, start, 2, '\\)', false);
  if (text.startsWith('\\[', start)) return delimited(text, start, 2, '\\]', true);
  if (text.startsWith('\\begin', start)) return environment(text, start);
  return undefined;
}

function dollar(text: string, start: number): Formula | undefined {
  const close = closingDollar(text, start + 1);
  if (close === undefined || close === start + 1) return undefined;
  const source = text.slice(start + 1, close);
  if (/\n\s*\n/.test(source) || !readsAsMaths(source, /\d/.test(text[close + 1] ?? ''))) return undefined;
  return { source, display: false, end: close + 1 };
}

/** Whether what stands between two dollars is a formula rather than the prose between two prices. */
function readsAsMaths(source: string, digitFollows: boolean): boolean {
  const amountFirst = /^\s*\d/.test(source);
  const command = source.includes('\\');
  if (amountFirst && !/[\\^_={}]/.test(source) && /[a-z]{2,}[^a-z]+[a-z]{2,}|\s[a-z]{2,}\s/i.test(source))
    return false;
  if (/^ \p{L} $/u.test(source)) return true;
  if (/^\s|\s$/.test(source) && !command && (amountFirst || !/[\^_]/.test(source))) return false;
  return !digitFollows || command || !(amountFirst || /[\s(]/.test(source));
}

/** The next dollar outside of braces; inside them it belongs to a `\text{…}`. Else the next one at all. */
function closingDollar(text: string, from: number): number | undefined {
  const last = Math.min(text.length, from + longestFormula);
  let depth = 0;
  let first: number | undefined;
  for (let i = from; i < last; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '{') depth++;
    else if (text[i] === '}') depth--;
    else if (text[i] === '$') {
      if (depth <= 0) return i;
      first ??= i;
    }
  }
  return first;
}

function doubleDollar(text: string, start: number): Formula | undefined {
  for (let i = start + 2; i < Math.min(text.length, start + longestFormula); i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '$') {
      const source = text.slice(start + 2, i);
      return text[i + 1] === '$' && source.trim() !== '' ? { source, display: true, end: i + 2 } : undefined;
    }
  }
  return undefined;
}

function delimited(
  text: string,
  start: number,
  skip: number,
  close: string,
  display: boolean,
): Formula | undefined {
  const window = text.slice(start + skip, start + skip + longestFormula);
  const end = window.indexOf(close);
  if (end <= 0) return undefined;
  const source = window.slice(0, end);
  return source.trim() === '' ? undefined : { source, display, end: start + skip + end + close.length };
}

/** An environment: KaTeX wants `aligned` and `gathered` where the delimiters already say "display". */
function environment(text: string, start: number): Formula | undefined {
  opening.lastIndex = start;
  const found = opening.exec(text);
  if (!found?.[1]) return undefined;
  const name = found[1];
  const inner = delimited(text, start, found[0].length, `\\end{${name}${found[2]}}`, name !== 'math');
  if (!inner) return undefined;
  const rows = name.startsWith('gather') || name === 'multline' ? 'gathered' : 'aligned';
  const single = ['equation', 'displaymath', 'math'].includes(name);
  return single ? inner : { ...inner, source: `\\begin{${rows}}${inner.source}\\end{${rows}}` };
}

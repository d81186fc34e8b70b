// Reading text as authors submit it: prose with formulas, LaTeX accents, \emph and its kin, bare addresses.
import { append, type Inline, plainOf } from './inline.ts';
import { accents, declarations, symbols, wrappers } from './latex-symbols.ts';
import { formulaAt } from './scan.ts';

const deepestGroup = 12;
const address = /https?:\/\/[^\s<>"'{}|\\^`$]+/y;
const command = /\\([A-Za-z]+)\*?/y;

interface Reader {
  readonly text: string;
  /** For every `{` that is closed, where; found once, so that reading stays linear. */
  readonly closing: ReadonlyMap<number, number>;
}

interface Step {
  readonly items: readonly Inline[];
  readonly end: number;
}

/**
 * Reads a piece of text that may hold LaTeX. What is not understood stays as it was written; the time is
 * linear in the length.
 */
export function readInlines(text: string): Inline[] {
  return readRange({ text, closing: matchedBraces(text) }, 0, text.length, 0);
}

function matchedBraces(text: string): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '{') open.push(i);
    else if (text[i] === '}') {
      const start = open.pop();
      if (start !== undefined) closing.set(start, i);
    }
  }
  return closing;
}

function readRange(reader: Reader, start: number, end: number, depth: number): Inline[] {
  const run: Inline[] = [];
  let plain = start;
  let i = start;
  const flush = (to: number): void => {
    if (to > plain) append(run, typography(reader.text.slice(plain, to)));
  };
  while (i < end) {
    const step = stepAt(reader, i, end, depth);
    if (!step) {
      i++;
      continue;
    }
    flush(i);
    for (const item of step.items) append(run, item);
    i = plain = step.end;
  }
  flush(end);
  return run;
}

/** What stands at `i` if it is more than a character of prose. */
function stepAt(reader: Reader, i: number, end: number, depth: number): Step | undefined {
  const step = candidateAt(reader, i, end, depth);
  return step && step.end <= end ? step : undefined;
}

function candidateAt(reader: Reader, i: number, end: number, depth: number): Step | undefined {
  const { text } = reader;
  switch (text[i]) {
    case '$':
      return formulaStep(text, i);
    case '\\':
      return (
        formulaStep(text, i) ?? escapeStep(text, i) ?? accentStep(reader, i) ?? commandStep(reader, i, depth)
      );
    case '{':
      return groupStep(reader, i, depth);
    case 'h':
      return addressStep(text, i, end);
    default:
      return undefined;
  }
}

function formulaStep(text: string, i: number): Step | undefined {
  const formula = formulaAt(text, i);
  if (!formula) return undefined;
  const written = text.slice(i, formula.end);
  return { items: [{ formula: formula.source, display: formula.display, written }], end: formula.end };
}

function escapeStep(text: string, i: number): Step | undefined {
  const next = text[i + 1] ?? '';
  if (next !== '' && '$%&#_{}'.includes(next)) return { items: [next], end: i + 2 };
  if (next === '\\' || next === ' ' || next === '\n' || next === '/')
    return { items: [next === '/' ? '' : ' '], end: i + 2 };
  if (next === '-' || next === '!' || next === '@') return { items: [''], end: i + 2 };
  if (next === ',' || next === ';' || next === ':') return { items: ['\u202f'], end: i + 2 };
  return undefined;
}

/** `\'e`, `\'{e}`, `\c{c}`, `\v s`, `\"{\i}`. */
function accentStep(reader: Reader, i: number): Step | undefined {
  const { text } = reader;
  const name = text[i + 1] ?? '';
  const mark = accents[name];
  if (mark === undefined) return undefined;
  let at = i + 2;
  const letterNamed = /[a-zA-Z]/.test(name);
  if (letterNamed) {
    if (!/[\s{\\]/.test(text[at] ?? '')) return undefined;
    while (text[at] === ' ') at++;
  }
  const close = text[at] === '{' ? reader.closing.get(at) : undefined;
  const inner = close === undefined ? text.slice(at, at + 2) : text.slice(at + 1, close);
  const letter = /^\\([ij])/.exec(inner)?.[1] ?? /^\p{L}/u.exec(inner)?.[0];
  if (letter === undefined) return undefined;
  if (close !== undefined) return { items: [(letter + mark).normalize('NFC')], end: close + 1 };
  const width = inner.startsWith('\\') ? 2 : letter.length;
  return { items: [(letter + mark).normalize('NFC')], end: at + width };
}

function commandStep(reader: Reader, i: number, depth: number): Step | undefined {
  const { text, closing } = reader;
  command.lastIndex = i;
  const name = command.exec(text)?.[1];
  if (name === undefined) return undefined;
  const after = command.lastIndex;
  const argumentEnd = text[after] === '{' ? closing.get(after) : undefined;
  if (argumentEnd !== undefined && depth < deepestGroup) {
    const step = commandWithArgument(reader, name, after, argumentEnd, depth);
    if (step) return step;
  }
  const symbol = symbols.get(name);
  if (symbol === undefined) return undefined;
  // TeX swallows the space behind a command; behind a word that would glue it to the next.
  const swallowed =
    symbol.length <= 1 && /^ (?=\p{L})/u.test(text.slice(after, after + 3)) && /^[a-zA-Z]{1,2}$/.test(name);
  const empty = text.startsWith('{}', after) ? 2 : 0;
  return { items: [symbol], end: after + (swallowed ? 1 : empty) };
}

function commandWithArgument(
  reader: Reader,
  name: string,
  open: number,
  close: number,
  depth: number,
): Step | undefined {
  const { text, closing } = reader;
  const inside = (): Inline[] => readRange(reader, open + 1, close, depth + 1);
  const end = close + 1;
  const mark = wrappers.get(name);
  if (mark !== undefined) return { items: mark === '' ? inside() : [{ mark, children: inside() }], end };
  const raw = text.slice(open + 1, close);
  if (name === 'url') return { items: [link(raw.trim(), [raw.trim()])], end };
  if (name === 'unicode') {
    const code = Number.parseInt(/^x([0-9a-fA-F]{1,5})$/.exec(raw)?.[1] ?? '', 16);
    return code >= 0x20 && !(code >= 0xd800 && code < 0xe000) && !(code >= 0x7f && code < 0xa0)
      ? { items: [String.fromCodePoint(code)], end }
      : undefined;
  }
  if (name === 'label' || name === 'vspace' || name === 'hspace') return { items: [], end };
  if (/^(?:paren|text|auto)?[cC]ite[a-zA-Z]{0,2}$/.test(name)) return { items: [`[${raw}]`], end };
  if (name === 'footnote') return { items: [' (', ...inside(), ')'], end };
  const second = text[end] === '{' ? closing.get(end) : undefined;
  if (second === undefined) return undefined;
  const children = (): Inline[] => readRange(reader, end + 1, second, depth + 1);
  if (name === 'href') return { items: [link(raw.trim(), children())], end: second + 1 };
  if (name === 'textcolor') return { items: children(), end: second + 1 };
  return undefined;
}

function link(href: string, children: readonly Inline[]): Inline {
  const plain = href.replace(/\\([%&#_~])/g, '$1');
  if (!/^https?:\/\/[^\s/]/i.test(plain) || !URL.canParse(plain))
    return { mark: 'code', children: [plainOf(children) || href] };
  // A link inside a link is not HTML, whatever the source says.
  return { href: plain, children: [plainOf(children) || plain] };
}

/** `{\it so}`, `{\"o}` and `{BERT}` lose their braces; `{0, 1}` is a set and keeps them. */
function groupStep(reader: Reader, i: number, depth: number): Step | undefined {
  const { text, closing } = reader;
  const close = closing.get(i);
  if (close === undefined || depth >= deepestGroup) return undefined;
  const end = close + 1;
  if (text[i + 1] === '\\') {
    command.lastIndex = i + 1;
    const mark = declarations.get(command.exec(text)?.[1] ?? '');
    if (mark !== undefined) {
      const from = command.lastIndex + (text[command.lastIndex] === ' ' ? 1 : 0);
      const children = readRange(reader, Math.min(from, close), close, depth + 1);
      return { items: mark === '' ? children : [{ mark, children }], end };
    }
  }
  const inner = text.slice(i + 1, Math.min(close, i + 80));
  if (close === i + 1) return { items: [], end };
  return /^[\p{L}\p{M}\p{N}-]+$/u.test(inner) || /^\\/.test(inner)
    ? { items: readRange(reader, i + 1, close, depth + 1), end }
    : undefined;
}

function addressStep(text: string, i: number, end: number): Step | undefined {
  address.lastIndex = i;
  let found = address.exec(text.length > end ? text.slice(0, end) : text)?.[0];
  if (found === undefined) return undefined;
  found = found.replace(/[.,;:!?*\]]+$/, '');
  if (found.endsWith(')') && !found.includes('(')) found = found.replace(/[).,;:!?]+$/, '');
  if (!URL.canParse(found)) return undefined;
  return { items: [{ href: found, children: [found] }], end: i + found.length };
}

/** TeX's quotation marks, dashes and ties. */
function typography(text: string): string {
  return text
    .replace(/``(?=\S)/g, '“')
    .replace(/(?<=\S)''/g, '”')
    .replace(/---/g, '—')
    .replace(/(?<=[\p{L}\p{N})])--(?=[\p{L}\p{N}(])|(?<= )--(?= )/gu, '–')
    .replace(/(?<=[\p{L}.,)])~(?=[\p{L}\p{N}([]|$)|(?<=\p{N})~(?=\p{L}|$)/gu, '\u00a0');
}

// The pieces a query is written in: words, phrases and fields with values, each perhaps with a minus before it.

/** The fields of the language under their one name. */
export type FieldName = 'title' | 'author' | 'text' | 'cat' | 'date' | 'has' | 'id' | 'source';

const names: Readonly<Record<string, FieldName>> = {
  title: 'title',
  author: 'author',
  text: 'text',
  abstract: 'text',
  cat: 'cat',
  category: 'cat',
  date: 'date',
  has: 'has',
  id: 'id',
  source: 'source',
};

export interface Piece {
  readonly negated: boolean;
  readonly field: FieldName | undefined;
  readonly quoted: boolean;
  readonly value: string;
}

export interface Pieces {
  readonly pieces: readonly Piece[];
  /** Whether something was cut off at the end. */
  readonly cut: boolean;
  /** Whether a quotation mark had no partner. */
  readonly strayQuote: boolean;
}

/** How much of a query is read, in UTF-16 code units. */
export const maxQueryUnits = 250;

/** Of longer input the rest is not even looked at. */
const maxInputUnits = 10_000;

const field = /(title|author|text|abstract|category|cat|date|has|id|source):\s*/iy;
const unquoted = /[^\s"]*/y;

/** One line with one space between words, plain quotation marks and no control characters. */
function cleaned(input: string): string {
  return input
    .replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\ufeff]+/gu, ' ')
    .trim()
    .replace(/[“”„‟«»＂〝〞]/g, '"')
    .replaceAll('：', ':');
}

function cutToLimit(text: string): string {
  if (text.length <= maxQueryUnits) return text;
  const space = text.lastIndexOf(' ', maxQueryUnits);
  if (space > 0) return text.slice(0, space);
  const splitsPair = /[\ud800-\udbff]/.test(text[maxQueryUnits - 1] ?? '');
  return text.slice(0, splitsPair ? maxQueryUnits - 1 : maxQueryUnits);
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** Whether a value can begin at an index: something stands there that is not a field of its own. */
const isValueAt = (text: string, index: number): boolean =>
  index < text.length && matchAt(field, text, index) === null;

/**
 * Takes a query apart, in linear time and whatever it holds. A quotation mark without a partner is passed
 * over; a field without a value is a word.
 */
export function readPieces(input: string): Pieces {
  const trimmed = input.trim();
  const whole = cleaned(trimmed.slice(0, maxInputUnits));
  const text = cutToLimit(whole);
  const pieces: Piece[] = [];
  let strayQuote = false;
  let i = 0;
  while (i < text.length) {
    if (text[i] === ' ') {
      i += 1;
      continue;
    }
    const negated = text[i] === '-' && !' -'.includes(text[i + 1] ?? ' ');
    if (negated) i += 1;
    const named = matchAt(field, text, i);
    const name = named === null ? undefined : names[(named[1] ?? '').toLowerCase()];
    if (named !== null && name !== undefined) {
      i += named[0].length;
      if (!isValueAt(text, i)) {
        pieces.push({ negated, field: undefined, quoted: false, value: named[1] ?? '' });
        continue;
      }
    }
    if (text[i] === '"') {
      const close = text.indexOf('"', i + 1);
      i += 1;
      if (close >= 0) {
        const value = text.slice(i, close).trim();
        if (value !== '') pieces.push({ negated, field: name, quoted: true, value });
        i = close + 1;
        continue;
      }
      strayQuote = true;
      if (!negated && name === undefined) continue;
    }
    const value = matchAt(unquoted, text, i)?.[0] ?? '';
    i += value.length;
    if (value !== '') pieces.push({ negated, field: name, quoted: false, value });
  }
  return { pieces, cut: text.length < whole.length || trimmed.length > maxInputUnits, strayQuote };
}

/** A piece as it is written; reading it gives the piece again. */
export function writePiece({ negated, field: name, quoted, value }: Piece): string {
  const needsQuotes = quoted || /\s|^-/.test(value) || isField(value);
  const isPlainWord = !negated && name === undefined && !quoted;
  const prefix = `${negated ? '-' : ''}${name === undefined ? '' : `${name}:`}`;
  return prefix + (needsQuotes && !isPlainWord ? `"${value}"` : value);
}

const isField = (value: string): boolean => matchAt(field, value, 0) !== null;

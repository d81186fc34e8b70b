// A text without its LaTeX: markup dropped, its arguments kept, Greek letters and functions as words.
import { kind, kindOfUnit } from './characters.ts';
import { greekLetterNames } from './fold.ts';

/** A text and, for each of its code units, where what it came from begins and ends in the original. */
export interface PlainText {
  readonly text: string;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Commands that stand for letters. */
const letters: Readonly<Record<string, string>> = {
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  i: 'i',
  j: 'j',
  ss: 'ss',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  dh: 'ð',
  th: 'þ',
  dj: 'đ',
  ell: 'l',
  times: '×',
};

/** Accents and fonts: nothing is left of them, and what they are about goes on the word before. */
const transparent = new Set(
  (
    'c v u H k r b d t emph em it bf sc tt rm sf sl mathbb mathbf mathcal mathfrak mathit mathrm mathscr ' +
    'mathsf mathtt boldsymbol bm pmb operatorname text textbf textit textrm textsc textsf textsl texttt ' +
    'textup textnormal underline uline mbox hbox hat tilde bar vec overline widehat widetilde dot ddot ' +
    'ensuremath protect mathop mathrel xspace'
  ).split(' '),
);

/** Commands whose argument is no text. */
const withArgument = new Set(
  'begin end cite citep citet citeauthor citeyear ref eqref cref label vspace hspace url'.split(' '),
);

/** Functions, which are words. */
const functions = new Set(
  'log ln exp sin cos tan tanh max min sup inf arg argmax argmin lim det dim ker softmax infty'.split(' '),
);

const isWordUnit = (unit: number): boolean => {
  const found = kindOfUnit(unit);
  return found === kind.letter || found === kind.digit;
};

/** Where the argument in braces after `index` ends, or `index` when there is none nearby. */
function argumentEnd(text: string, index: number): number {
  if (text[index] !== '{') return index;
  const close = text.slice(index, index + 200).indexOf('}');
  return close < 0 ? index : index + close + 1;
}

/** Writes the plain text and its origins side by side. */
class PlainTextWriter {
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #text = '';
  /** The last unit written; asking the text itself would put its pieces together each time. */
  #last = 0x20;

  constructor(capacity: number) {
    this.#starts = new Int32Array(capacity);
    this.#ends = new Int32Array(capacity);
  }

  /** Writes a piece of the original as it is. */
  copy(piece: string, start: number): void {
    const at = this.#text.length;
    for (let i = 0; i < piece.length; i += 1) {
      this.#starts[at + i] = start + i;
      this.#ends[at + i] = start + i + 1;
    }
    this.#append(piece);
  }

  /** Writes what stands for `[start, end)` of the original. */
  replace(piece: string, start: number, end: number): void {
    const at = this.#text.length;
    this.#starts.fill(start, at, at + piece.length);
    this.#ends.fill(end, at, at + piece.length);
    this.#append(piece);
  }

  #append(piece: string): void {
    this.#text += piece;
    if (piece !== '') this.#last = piece.charCodeAt(piece.length - 1);
  }

  /** Whether a letter or digit written now would go on a word. */
  get inWord(): boolean {
    return isWordUnit(this.#last);
  }

  get inNumber(): boolean {
    return kindOfUnit(this.#last) === kind.digit;
  }

  finish(): PlainText {
    return { text: this.#text, starts: this.#starts, ends: this.#ends };
  }
}

/** Writes what is left of the command at `start`; returns where reading goes on. */
function command(text: string, start: number, out: PlainTextWriter): number {
  const name = /^[A-Za-z]+/.exec(text.slice(start + 1, start + 40))?.[0];
  if (name === undefined) {
    const sign = text[start + 1] ?? '';
    if ('%&#_'.includes(sign)) out.replace(sign, start, start + 2);
    else if (!'\'"`^~=.-!/'.includes(sign)) out.replace(' ', start, start + 2);
    return start + 2;
  }
  let end = start + 1 + name.length;
  const letter = Object.hasOwn(letters, name) ? letters[name] : undefined;
  if (letter !== undefined || transparent.has(name)) {
    if (letter !== undefined) out.replace(letter, start, end);
    while (text[end] === ' ') end += 1;
    return end;
  }
  if (withArgument.has(name)) end = argumentEnd(text, end);
  const bare = name.startsWith('var') ? name.slice(3) : name;
  const isWord = greekLetterNames.has(bare.toLowerCase()) || functions.has(bare);
  if (!isWord) out.replace(' ', start, end);
  else out.replace(out.inWord ? ` ${bare}` : bare, start, end);
  return end;
}

/** Whether the script at `index` (`_2`, `^{10}`) is a number, which goes on the letter before it. */
const isNumberScript = (text: string, index: number): boolean =>
  /^.(?:\d|\{\d+\})/.test(text.slice(index, index + 8));

/**
 * A text with its LaTeX taken out, in linear time and never longer than the original; `undefined` when it
 * holds none.
 */
export function withoutLatex(text: string): PlainText | undefined {
  if (!/[\\${}]/.test(text)) return undefined;
  const out = new PlainTextWriter(text.length);
  let inMath = false;
  let from = 0;
  let i = 0;
  while (i < text.length) {
    const unit = text.charCodeAt(i);
    // \  $  {  }  and, in formulas,  ^  _
    const isScript = inMath && (unit === 0x5e || unit === 0x5f);
    if (unit !== 0x5c && unit !== 0x24 && unit !== 0x7b && unit !== 0x7d && !isScript) {
      i += 1;
      continue;
    }
    if (from < i) out.copy(text.slice(from, i), from);
    if (unit === 0x5c) {
      const next = text[i + 1];
      if (next === '(' || next === '[') inMath = true;
      if (next === ')' || next === ']') inMath = false;
      i = command(text, i, out);
    } else {
      if (isScript) {
        if (!out.inWord || out.inNumber || !isNumberScript(text, i)) out.replace(' ', i, i + 1);
      } else if (unit === 0x24) {
        inMath = !inMath;
        if (text[i + 1] === '$') i += 1;
      } else if (unit === 0x7d && text[i + 1] === '{') out.replace(' ', i, i + 1);
      i += 1;
    }
    from = i;
  }
  if (from < text.length) out.copy(text.slice(from), from);
  return out.finish();
}

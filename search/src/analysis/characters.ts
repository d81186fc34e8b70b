// What kind of character a code unit is to the word scanner; looked up once for each and kept in a table.

/** The kinds. `joiner` kinds stand inside a word only between the right neighbours. */
export const kind = {
  unknown: 0,
  separator: 1,
  letter: 2,
  digit: 3,
  /** A combining mark, or something invisible such as a soft hyphen: continues a word, begins none. */
  mark: 4,
  hyphen: 5,
  apostrophe: 6,
  period: 7,
  comma: 8,
  times: 9,
  /** Written without spaces: cut into pairs. */
  ideograph: 10,
  highSurrogate: 11,
} as const;

const table = new Uint8Array(0x10000);

const letter = /^[\p{L}\p{Nl}\p{No}]$/u;
const digit = /^\p{Nd}$/u;
const mark = /^(?:\p{M}|\u00ad|\u200c|\u200d|\u2060|\ufeff)$/u;
const ideograph =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]$/u;

function kindOfCharacter(character: string): number {
  if (mark.test(character)) return kind.mark;
  if (letter.test(character)) {
    if (ideograph.test(character)) return kind.ideograph;
    // Fractions such as ½ decompose into two numbers.
    return character.normalize('NFKC').includes('\u2044') ? kind.separator : kind.letter;
  }
  if (digit.test(character)) return kind.digit;
  if ('-‐‑‒–−_'.includes(character)) return kind.hyphen;
  if ("'’ʼ＇".includes(character)) return kind.apostrophe;
  if (character === '.') return kind.period;
  if (character === ',') return kind.comma;
  if (character === '×') return kind.times;
  return kind.separator;
}

/** The kind of one UTF-16 code unit. */
export function kindOfUnit(unit: number): number {
  const known = table[unit] ?? 0;
  if (known !== kind.unknown) return known;
  const found =
    unit >= 0xd800 && unit <= 0xdbff ? kind.highSurrogate : kindOfCharacter(String.fromCharCode(unit));
  table[unit] = found;
  return found;
}

/** The kind of the character at an index, surrogate pairs taken together. A lone surrogate is a separator. */
export function kindAt(text: string, index: number): number {
  const found = kindOfUnit(text.charCodeAt(index));
  if (found !== kind.highSurrogate) return found;
  const codePoint = text.codePointAt(index) ?? 0;
  return codePoint > 0xffff ? kindOfCharacter(String.fromCodePoint(codePoint)) : kind.separator;
}

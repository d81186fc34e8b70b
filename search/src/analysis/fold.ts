// How spellings of one word become the same: compatibility forms, case, accents and letters with strokes.

/** Letters that do not decompose into a base and a mark. */
const strokes: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ς: 'σ',
  ϵ: 'ε',
  ϕ: 'φ',
  ϑ: 'θ',
  ϱ: 'ρ',
  ϖ: 'π',
  '×': 'x',
};
const stroke = /[ßæœøłđðþħıŋŧςϵϕϑϱϖ×]/g;

/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic: not the vowel signs that are letters. */
const accents = /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670]/g;
const notInWords = /[^\p{L}\p{N}\p{M}.+#]|[\ufe00-\ufe0f]/gu;
const plain = /^[a-z0-9.\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff]*$/;

const greekNames: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ' +
    'ξ xi ο omicron π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega'
  )
    .split(' ')
    .reduce<[string, string][]>((pairs, word, i, all) => {
      if (i % 2 === 0) pairs.push([word, all[i + 1] ?? word]);
      return pairs;
    }, []),
);

/** The names of the Greek letters as LaTeX commands call them: `alpha`, … */
export const greekLetterNames: ReadonlySet<string> = new Set(Object.values(greekNames));

/**
 * The common form of a word's spellings: `Schrödinger`, `SCHRODINGER` and `schrodinger` are one, and a
 * Greek letter standing alone, or before a number (`σ8`), is its name. Digits of any script become 0–9.
 */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (plain.test(lower)) return lower;
  const bare = lower
    .normalize('NFKD')
    .toLowerCase()
    .replace(accents, '')
    .replace(stroke, (found) => strokes[found] ?? found)
    .replace(/\p{Nd}/gu, (found) => westernDigit(found))
    .replace(notInWords, '')
    .normalize('NFC');
  const letter = greekNames[bare.charAt(0)];
  return letter !== undefined && /^.\d*$/.test(bare) ? letter + bare.slice(1) : bare;
}

/** A decimal digit of any script as 0–9: every script has its ten in one row that starts at a zero. */
function westernDigit(found: string): string {
  if (found >= '0' && found <= '9') return found;
  let codePoint = found.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - 1))) {
    codePoint -= 1;
    value += 1;
  }
  return String(value);
}

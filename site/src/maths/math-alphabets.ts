// Letters in mathematical alphabets as the characters Unicode has for them: browsers that follow MathML Core
// ignore `mathvariant`, so a blackboard-bold R must be written ℝ.

type Alphabet = {
  readonly upper: number;
  readonly lower: number;
  readonly digits?: number;
  readonly greek?: { readonly upper: number; readonly lower: number };
};

const alphabets: Readonly<Record<string, Alphabet>> = {
  bold: { upper: 0x1d400, lower: 0x1d41a, digits: 0x1d7ce, greek: { upper: 0x1d6a8, lower: 0x1d6c2 } },
  italic: { upper: 0x1d434, lower: 0x1d44e, greek: { upper: 0x1d6e2, lower: 0x1d6fc } },
  'bold-italic': { upper: 0x1d468, lower: 0x1d482, greek: { upper: 0x1d71c, lower: 0x1d736 } },
  script: { upper: 0x1d49c, lower: 0x1d4b6 },
  'bold-script': { upper: 0x1d4d0, lower: 0x1d4ea },
  fraktur: { upper: 0x1d504, lower: 0x1d51e },
  'bold-fraktur': { upper: 0x1d56c, lower: 0x1d586 },
  'double-struck': { upper: 0x1d538, lower: 0x1d552, digits: 0x1d7d8 },
  'sans-serif': { upper: 0x1d5a0, lower: 0x1d5ba, digits: 0x1d7e2 },
  'bold-sans-serif': { upper: 0x1d5d4, lower: 0x1d5ee, digits: 0x1d7ec },
  'sans-serif-italic': { upper: 0x1d608, lower: 0x1d622 },
  'sans-serif-bold-italic': { upper: 0x1d63c, lower: 0x1d656 },
  monospace: { upper: 0x1d670, lower: 0x1d68a, digits: 0x1d7f6 },
};

// Letters that had a place of their own before the alphabets came; their slots there are empty.
const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  italic: { h: 'ℎ' },
  script: { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ', e: 'ℯ', g: 'ℊ', o: 'ℴ' },
  fraktur: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' },
  'double-struck': { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
};

/**
 * The text in a mathematical alphabet, named as MathML's `mathvariant` names it. Characters the alphabet lacks,
 * and all of an unknown alphabet, stay as they are.
 *
 * @see https://www.unicode.org/charts/PDF/U1D400.pdf
 */
export function inAlphabet(text: string, name: string): string {
  const alphabet = alphabets[name];
  if (!alphabet) return text;
  const special = exceptions[name] ?? {};
  return Array.from(text, (letter) => special[letter] ?? shifted(letter, alphabet)).join('');
}

function shifted(letter: string, alphabet: Alphabet): string {
  const code = letter.codePointAt(0) ?? 0;
  const place = (from: number, to: number, start: number | undefined): string | undefined =>
    start !== undefined && code >= from && code <= to ? String.fromCodePoint(start + code - from) : undefined;
  return (
    place(0x41, 0x5a, alphabet.upper) ??
    place(0x61, 0x7a, alphabet.lower) ??
    place(0x30, 0x39, alphabet.digits) ??
    place(0x391, 0x3a9, alphabet.greek?.upper) ??
    place(0x3b1, 0x3c9, alphabet.greek?.lower) ??
    letter
  );
}

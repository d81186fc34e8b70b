// What BERT does to a text before it looks for words: clean, lower case, no accents, and what ends a word.
// As in google-research/bert `tokenization.py` (BasicTokenizer), in the reading of @huggingface/tokenizers.

/** What a UTF-16 unit of a normalised text is to the tokenizer. */
export const characterClass = { word: 1, space: 2, alone: 3, astral: 4 } as const;

const punctuation = /[\p{P}!-/:-@[-`{-~]/u;
const chinese = /[\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff]/;
const unwanted = /[\0\ufffd]|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;
const plain = /^[\t\n\r -~]*$/;

/** A text as BERT reads it: no control characters, lower case, without accents. */
export function normaliseForBert(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text
    .replace(unwanted, '')
    .replace(/[\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff]/g, ' $& ')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
}

/** The class of every UTF-16 unit, filled as they are met; 0 is not met yet. */
const classes = new Uint8Array(0x10000);

/** What a UTF-16 unit is: see `characterClass`. Both halves of a pair are `astral`. */
export function classOf(unit: number): number {
  const known = classes[unit] ?? 0;
  if (known !== 0) return known;
  const found = classify(unit);
  classes[unit] = found;
  return found;
}

function classify(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return characterClass.astral;
  const character = String.fromCharCode(unit);
  if (/\s/.test(character)) return characterClass.space;
  return punctuation.test(character) || chinese.test(character) ? characterClass.alone : characterClass.word;
}

/** Whether a character outside the basic plane is punctuation and so a word of its own. */
export function isAstralPunctuation(codePoint: number): boolean {
  return punctuation.test(String.fromCodePoint(codePoint));
}

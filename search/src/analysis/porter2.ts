// The Porter2 stemmer for English (Snowball "english"): what is left of a word without its endings.

/** Words that the rules would take apart wrongly. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['skis', 'ski'],
  ['skies', 'sky'],
  ['idly', 'idl'],
  ['gently', 'gentl'],
  ['ugly', 'ugli'],
  ['early', 'earli'],
  ['only', 'onli'],
  ['singly', 'singl'],
  ...['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes'].map((word) => [word, word] as const),
]);

/** Beginnings after which the first region starts, wherever the rule would put it. */
const firstRegions = ['gener', 'commun', 'arsen', 'past', 'univers', 'later', 'emerg', 'organ', 'inter'];

/** Suffixes of step 2 by what replaces them; the longest that fits counts. */
const step2: Rules = byLastLetter([
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['entli', 'ent'],
  ['izer', 'ize'],
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['alli', 'al'],
  ['fulness', 'ful'],
  ['fulli', 'ful'],
  ['ousli', 'ous'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['bli', 'ble'],
  ['ogist', 'og'],
  ['ogi', 'og'],
  ['lessli', 'less'],
  ['li', ''],
]);

const step3: Rules = byLastLetter([
  ['tional', 'tion'],
  ['ational', 'ate'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
  ['ative', ''],
]);

const step4: Rules = byLastLetter(
  'al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion'
    .split(' ')
    .map((suffix) => [suffix, ''] as const),
);

/** Suffixes and what replaces them, by their last letter, the longest first. */
type Rules = ReadonlyMap<string, readonly (readonly [string, string])[]>;

function byLastLetter(rules: readonly (readonly [string, string])[]): Rules {
  return Map.groupBy(
    rules.toSorted((a, b) => b[0].length - a[0].length),
    ([suffix]) => suffix.slice(-1),
  );
}

const isVowel = (letter: string | undefined): boolean => letter !== undefined && 'aeiouy'.includes(letter);

/** Where the region after the first consonant that follows a vowel begins, looking from `from`. */
function regionAfter(word: string, from: number): number {
  let i = from;
  while (i < word.length && !isVowel(word[i])) i += 1;
  while (i < word.length && isVowel(word[i])) i += 1;
  return Math.min(i + 1, word.length);
}

const hasVowel = (word: string): boolean => /[aeiouy]/.test(word);

/** Whether a word ends in a short syllable: consonant, vowel, consonant other than w, x, Y. */
function endsShort(word: string): boolean {
  const n = word.length;
  if (word.endsWith('past')) return true;
  if (n === 2) return isVowel(word[0]) && !isVowel(word[1]);
  const last = word[n - 1] ?? '';
  return n > 2 && !isVowel(word[n - 3]) && isVowel(word[n - 2]) && !isVowel(last) && !'wxY'.includes(last);
}

/** Plural endings. */
function step1a(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('ied') || word.endsWith('ies')) return word.slice(0, word.length > 4 ? -2 : -1);
  if (word.endsWith('us') || word.endsWith('ss') || !word.endsWith('s')) return word;
  return hasVowel(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

/** What a verb is without -ed or -ing, made whole again: `hoping` is hope, `hopping` hop. */
function mended(stem: string, r1: number): string {
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) {
    return stem.length === 3 && 'aeo'.includes(stem.charAt(0)) ? stem : stem.slice(0, -1);
  }
  return r1 >= stem.length && endsShort(stem) ? `${stem}e` : stem;
}

function step1b(word: string, r1: number): string {
  const suffix = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(word)?.[0];
  if (suffix === undefined) return word;
  const stem = word.slice(0, -suffix.length);
  if (suffix.startsWith('eed')) {
    return stem.length < r1 || ['succ', 'proc', 'exc'].includes(stem) ? word : `${stem}ee`;
  }
  if (suffix === 'ing') {
    if (stem.length === 2 && !isVowel(stem[0]) && stem[1] === 'y') return `${stem[0]}ie`;
    if (['even', 'cann', 'inn', 'earr', 'herr', 'out'].includes(stem)) return word;
  }
  return hasVowel(stem) ? mended(stem, r1) : word;
}

/** A final y after a consonant that is not the word's first letter becomes i. */
function step1c(word: string): string {
  const last = word.at(-1);
  return word.length > 2 && (last === 'y' || last === 'Y') && !isVowel(word.at(-2))
    ? `${word.slice(0, -1)}i`
    : word;
}

/** Replaces the longest suffix of a step when it stands in the region and `holds`. */
function replaced(
  word: string,
  rules: Rules,
  region: number,
  holds: (suffix: string, stem: string) => boolean,
): string {
  for (const [suffix, replacement] of rules.get(word.slice(-1)) ?? []) {
    if (!word.endsWith(suffix)) continue;
    const stem = word.slice(0, -suffix.length);
    return stem.length >= region && holds(suffix, stem) ? stem + replacement : word;
  }
  return word;
}

function step5(word: string, r1: number, r2: number): string {
  const stem = word.slice(0, -1);
  if (word.endsWith('e')) {
    return stem.length >= r2 || (stem.length >= r1 && !endsShort(stem)) ? stem : word;
  }
  return word.endsWith('ll') && stem.length >= r2 ? stem : word;
}

/** Marks a y that is a consonant, at the beginning or after a vowel, as Y. */
function markedY(word: string): string {
  let marked = '';
  for (const letter of word) {
    marked += letter === 'y' && (marked === '' || isVowel(marked.at(-1))) ? 'Y' : letter;
  }
  return marked;
}

/**
 * The Porter2 stem of one word.
 *
 * @param word lower case letters a–z; anything else is returned as it is.
 * @see https://snowballstem.org/algorithms/english/stemmer.html
 */
export function porter2(word: string): string {
  if (word.length <= 2 || !/^[a-z]+$/.test(word)) return word;
  const exception = exceptions.get(word);
  if (exception !== undefined) return exception;

  let stem = word.includes('y') ? markedY(word) : word;
  const beginning = firstRegions.find((start) => stem.startsWith(start));
  const r1 = beginning === undefined ? regionAfter(stem, 0) : beginning.length;
  const r2 = regionAfter(stem, r1);

  stem = step1c(step1b(step1a(stem), r1));
  stem = replaced(stem, step2, r1, (suffix, before) => {
    if (suffix === 'ogi') return before.endsWith('l');
    return suffix !== 'li' || /[cdeghkmnrt]$/.test(before);
  });
  stem = replaced(stem, step3, r1, (suffix, before) => suffix !== 'ative' || before.length >= r2);
  stem = replaced(stem, step4, r2, (suffix, before) => suffix !== 'ion' || /[st]$/.test(before));
  return step5(stem, r1, r2).replaceAll('Y', 'y');
}

// From one word as it is written to the terms an index holds: stems, parts of compounds and their variants.
import { kind, kindOfUnit } from './characters.ts';
import { fold } from './fold.ts';
import { porter2 } from './porter2.ts';
import { stopWords } from './stop-words.ts';
import { maxWordUnits } from './words.ts';

/** A term of a word: its place counted from the word's first, and where it stands in it (UTF-16 code units). */
export interface WordTerm {
  readonly term: string;
  readonly position: number;
  readonly start: number;
  readonly end: number;
  readonly variant: boolean;
}

export interface WordTerms {
  /** How many positions the word takes; stop words take one too. */
  readonly width: number;
  readonly terms: readonly WordTerm[];
}

/** A stretch of a written word. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Beginnings that are no words: with what follows they are one (`pre-trained`, `pretrained`). */
export const boundPrefixes: ReadonlySet<string> = new Set(
  (
    'anti auto bi co de dis hyper inter intra meta micro mis multi non over post pre pseudo quasi re semi sub ' +
    'super trans tri ultra un under uni'
  ).split(' '),
);

/** Compounds of more parts than this are not also indexed in one piece. */
const maxJoinedParts = 3;

const acronym = /^\p{L}(?:\.\p{L})+$/u;
const possessive = /['’ʼ＇]s$/i;
const plainWord = /^[a-z]+$/;
/** `resnet50`, `llama3.1`, `gpt4o`, `mobilenetv2`: a name and its version. */
const nameAndVersion = /^([a-z]{3,}?)(v?\d[\d.]*[a-z]?)$/;
/** `8bit`, `10shot`: a number and its unit. */
const numberAndUnit = /^(\d[\d.]*)([a-z]{3,})$/;
const capitalised = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;
const plainPlurals = new Set(['plus', 'this', 'thus']);
/** Acronyms in the plural, of which the stemmer sees no vowel: `llms`, `gpus`, `pdes`. */
const acronymPlural = /^[b-df-hj-np-tv-xz]{2,}[aeiou]?s$/;

/** The form in which the index holds a folded word. */
export function stem(folded: string): string {
  if (!plainWord.test(folded)) {
    const unit = numberAndUnit.exec(folded);
    return unit === null ? folded : `${unit[1]}${porter2(unit[2] ?? '')}`;
  }
  return acronymPlural.test(folded) && !folded.endsWith('ss') && !plainPlurals.has(folded)
    ? folded.slice(0, -1)
    : porter2(folded);
}

/** The stretches of a word between its hyphens. */
export function hyphenated(word: string): Stretch[] {
  const parts: Stretch[] = [];
  let start = 0;
  for (let i = 0; i <= word.length; i += 1) {
    if (i < word.length && kindOfUnit(word.charCodeAt(i)) !== kind.hyphen) continue;
    if (i > start) parts.push({ start, end: i });
    start = i + 1;
  }
  return parts;
}

/** One part of a compound without what is not spelt: a possessive, the periods of an acronym. */
function foldedPart(word: string, { start, end }: Stretch): string {
  const part = word.slice(start, Math.min(end, start + maxWordUnits));
  return fold(acronym.test(part) ? part.replaceAll('.', '') : part);
}

function withoutPossessive(word: string, part: Stretch): Stretch {
  return possessive.test(word.slice(part.start, part.end)) ? { ...part, end: part.end - 2 } : part;
}

/** Where a name falls apart into words of its own: `LangChain`, `ResNet50`, `8bit`; empty when it does not. */
function innerParts(written: string, folded: string): Stretch[] {
  // Only where folding kept every letter in its place.
  if (written.length !== folded.length || !/^[a-z0-9.]+$/.test(folded)) return [];
  const split = nameAndVersion.exec(folded) ?? numberAndUnit.exec(folded);
  if (split !== null) {
    const middle = split[1]?.length ?? 0;
    return [
      { start: 0, end: middle },
      { start: middle, end: folded.length },
    ];
  }
  if (!/^[A-Za-z]+$/.test(written)) return [];
  const found = [...written.matchAll(capitalised)];
  if (found.length < 2 || found.some(([piece]) => piece.length < 3)) return [];
  return found.map(({ 0: piece, index }) => ({ start: index, end: index + piece.length }));
}

/** Parts of which a bound prefix stands before a word of letters are one part. */
function withPrefixes(word: string, parts: readonly Stretch[]): Stretch[][] {
  const units: Stretch[][] = [];
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i];
    const next = parts[i + 1];
    if (part === undefined) continue;
    const isPrefix =
      next !== undefined &&
      boundPrefixes.has(foldedPart(word, part)) &&
      /^\p{L}{3}/u.test(word.slice(next.start, next.end));
    units.push(isPrefix ? [part, next] : [part]);
    if (isPrefix) i += 1;
  }
  return units;
}

/** The terms of a unit at a position: the whole of it, and as variants what is inside. */
function unitTerms(word: string, unit: readonly Stretch[], position: number): WordTerm[] {
  const start = unit[0]?.start ?? 0;
  const end = unit.at(-1)?.end ?? start;
  const folded = unit.map((part) => foldedPart(word, part)).join('');
  if (folded === '' || (unit.length === 1 && stopWords.has(folded))) return [];
  const whole = { term: stem(folded), position, start, end, variant: false };
  const inner =
    unit.length > 1
      ? unit
      : innerParts(word.slice(start, end), folded).map((part) => ({
          start: start + part.start,
          end: start + part.end,
        }));
  const variants = inner.flatMap((part): WordTerm[] => {
    const inside = foldedPart(word, part);
    const term = stem(inside);
    const isWorthless = term === '' || term === whole.term || stopWords.has(inside);
    return isWorthless ? [] : [{ term, position, ...part, variant: true }];
  });
  return [whole, ...variants];
}

/**
 * The terms of one word of prose. The parts of a compound take a position each (`KV-cache`: kv, cach), and
 * the compound in one piece is a variant at the first (`kvcach`); a prefix that is no word and what follows
 * it take one position together; the words inside a name (`LangChain`) are variants at its position.
 *
 * @param word as `eachWord` finds it.
 */
export function wordTerms(word: string): WordTerms {
  if (plainWord.test(word) && word.length <= maxWordUnits) {
    if (stopWords.has(word)) return { width: 1, terms: [] };
    return {
      width: 1,
      terms: [{ term: stem(word), position: 0, start: 0, end: word.length, variant: false }],
    };
  }
  if (/^\p{L}(?:\+\+|#)$/u.test(word)) {
    const term = { term: fold(word), position: 0, start: 0, end: word.length, variant: false };
    return { width: 1, terms: [term] };
  }
  const parts = hyphenated(word).map((part) => withoutPossessive(word, part));
  const units = withPrefixes(word, parts);
  const terms = units.flatMap((unit, position) => unitTerms(word, unit, position));
  const first = parts[0];
  const last = parts.at(-1);
  if (units.length > 1 && units.length <= maxJoinedParts && first !== undefined && last !== undefined) {
    const joined = parts.map((part) => foldedPart(word, part)).join('');
    if (joined.length <= maxWordUnits && /\p{L}/u.test(joined)) {
      terms.push({ term: stem(joined), position: 0, start: first.start, end: last.end, variant: true });
      terms.sort((a, b) => a.position - b.position);
    }
  }
  return { width: units.length, terms };
}

// Where words begin and end in a text, in one pass over its code units.
import { kind, kindAt, kindOfUnit } from './characters.ts';

/** No word is longer; of a longer run of letters the rest is skipped. */
export const maxWordUnits = 64;

/** Receives each word's place, and whether it is a run of characters that are written without spaces. */
export type WordSink = (start: number, end: number, ideographs: boolean) => void;

const startsWord = (found: number): boolean => found === kind.letter || found === kind.digit;
const kindBefore = (text: string, index: number): number => kindAt(text, Math.max(0, index - 1));
const kindFrom = (text: string, index: number): number =>
  index < text.length ? kindAt(text, index) : kind.separator;
const width = (text: string, index: number): number =>
  kindOfUnit(text.charCodeAt(index)) === kind.highSurrogate ? 2 : 1;

/** `i.e.`, `R.L.H.F.`: a letter that stands alone between periods. */
function isAcronymPeriod(text: string, index: number, segmentStart: number): boolean {
  const after = kindFrom(text, index + 2);
  return (
    index - segmentStart === 1 &&
    kindAt(text, segmentStart) === kind.letter &&
    kindFrom(text, index + 1) === kind.letter &&
    !startsWord(after) &&
    after !== kind.mark
  );
}

/** `1,000`: three digits follow and not a fourth. */
function isThousandsComma(text: string, index: number): boolean {
  if (kindBefore(text, index) !== kind.digit) return false;
  for (let i = 1; i <= 3; i += 1) if (kindFrom(text, index + i) !== kind.digit) return false;
  return kindFrom(text, index + 4) !== kind.digit;
}

/** Whether a word goes on after the character at `index`, which is neither letter nor digit. */
function joins(text: string, index: number, found: number, start: number, segmentStart: number): boolean {
  if (found < kind.hyphen || found > kind.times || index - start >= maxWordUnits) return false;
  switch (found) {
    case kind.hyphen:
      return startsWord(kindFrom(text, index + 1));
    case kind.apostrophe:
      return kindFrom(text, index + 1) === kind.letter;
    case kind.period:
      if (kindBefore(text, index) === kind.digit) return kindFrom(text, index + 1) === kind.digit;
      return isAcronymPeriod(text, index, segmentStart);
    case kind.comma:
      return isThousandsComma(text, index);
    default:
      return kindBefore(text, index) === kind.digit;
  }
}

/** `C++`, `C#`: the signs that belong to a word of one letter. */
function signsAfter(text: string, start: number, end: number): number {
  if (end - start !== 1) return 0;
  if (text.startsWith('++', end) && text[end + 2] !== '+') return 2;
  return text[end] === '#' && !startsWord(kindFrom(text, end + 1)) ? 1 : 0;
}

/** Where the word ends that begins at `start`. */
function wordEnd(text: string, start: number): number {
  let segmentStart = start;
  let i = start;
  while (i < text.length) {
    const unit = text.charCodeAt(i);
    const found = kindAt(text, i);
    if (found === kind.letter || found === kind.digit || found === kind.mark) {
      i += unit >= 0xd800 && unit <= 0xdbff ? 2 : 1;
    } else if (joins(text, i, found, start, segmentStart)) {
      i += 1;
      segmentStart = i;
    } else break;
  }
  return i + signsAfter(text, start, i);
}

function ideographsEnd(text: string, start: number): number {
  let i = start;
  while (i < text.length) {
    const found = kindAt(text, i);
    if (found !== kind.ideograph && found !== kind.mark) break;
    i += width(text, i);
  }
  return i;
}

/** Tells the words of a text from left to right. */
export function eachWord(text: string, sink: WordSink): void {
  let i = 0;
  while (i < text.length) {
    const found = kindAt(text, i);
    if (found === kind.letter || found === kind.digit) {
      const end = wordEnd(text, i);
      sink(i, end, false);
      i = end;
    } else if (found === kind.ideograph) {
      const end = ideographsEnd(text, i);
      sink(i, end, true);
      i = end;
    } else i += width(text, i);
  }
}

// The beginning of a text for a card: whole sentences up to a comfortable length, and apart from them the rest.
import { cleanText, clip } from './clean-text.ts';
import { type Inline, plainOf } from './inline.ts';
import { readInlines } from './latex-text.ts';
import { htmlOf, newAllowance } from './prose.ts';

export interface Excerpt {
  /** HTML of the first sentences. */
  readonly lead: string;
  /** HTML of what follows them; empty when nothing does. */
  readonly rest: string;
  /** Whether the lead ends inside a sentence, because none ends near. */
  readonly midSentence: boolean;
  /** Whether the text goes on even behind the rest. */
  readonly clipped: boolean;
}

/** A lead ends with the last sentence between these lengths, or with the first one up to `longestLead`. */
const enough = 120;
const comfortable = 420;
const longestLead = 640;
/** Of a longer text the card shows a part. */
const longest = 6000;

/** Splits a text for a card. Never throws; formulas and emphasis stay whole. */
export function excerpt(text: string): Excerpt {
  const line = cleanText(text.slice(0, longest * 2))
    .replace(/\s+/g, ' ')
    .trim();
  const clipped = line.length > longest || text.length > longest * 2;
  const run = readInlines(clip(line, longest));
  const { before, after, midSentence } = cutRun(run);
  const allowance = newAllowance();
  return {
    lead: htmlOf(before, allowance, true),
    rest: htmlOf(after, allowance, true).trim(),
    midSentence,
    clipped,
  };
}

interface Cut {
  readonly before: readonly Inline[];
  readonly after: readonly Inline[];
  readonly midSentence: boolean;
}

const sentenceEnd = /[.!?][)"'”’\]]*(?= +["'“‘([]?[\p{Lu}\p{N}])/gu;
const wordEnd = /\S(?= )/gu;

function cutRun(run: readonly Inline[]): Cut {
  if (plainOf(run).length <= comfortable) return { before: run, after: [], midSentence: false };
  const sentences = places(run, sentenceEnd);
  const sentence =
    sentences.findLast(({ length }) => length >= enough && length <= comfortable) ??
    sentences.find(({ length }) => length > comfortable && length <= longestLead);
  if (sentence) return { ...split(run, sentence), midSentence: false };
  const word = places(run, wordEnd).findLast(({ length }) => length <= comfortable);
  return { ...(word ? split(run, word) : splitAnywhere(run)), midSentence: true };
}

interface Place {
  readonly index: number;
  readonly offset: number;
  /** How much text stands before it. */
  readonly length: number;
}

/** Where a pattern ends in the plain strings of a run, up to the longest lead. */
function places(run: readonly Inline[], pattern: RegExp): Place[] {
  const found: Place[] = [];
  let passed = 0;
  for (const [index, item] of run.entries()) {
    if (typeof item === 'string')
      for (const match of item.matchAll(pattern)) {
        const offset = match.index + match[0].length;
        if (passed + offset > longestLead) return found;
        found.push({ index, offset, length: passed + offset });
      }
    passed += typeof item === 'string' ? item.length : plainOf([item]).length;
    if (passed > longestLead) break;
  }
  return found;
}

function split(run: readonly Inline[], { index, offset }: Place): { before: Inline[]; after: Inline[] } {
  const item = run[index];
  const text = typeof item === 'string' ? item : '';
  return {
    before: [...run.slice(0, index), text.slice(0, offset)],
    after: [text.slice(offset), ...run.slice(index + 1)],
  };
}

/** No place to part at: one endless word is cut, an endless formula stays whole. */
function splitAnywhere(run: readonly Inline[]): { before: Inline[]; after: Inline[] } {
  const [first, ...others] = run;
  if (first === undefined) return { before: [], after: [] };
  return typeof first === 'string' && first.length > comfortable
    ? {
        before: [first.slice(0, comfortable).toWellFormed()],
        after: [first.slice(comfortable).toWellFormed(), ...others],
      }
    : { before: [first], after: others };
}

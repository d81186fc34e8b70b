// The beginning of a text for a card: whole sentences up to a comfortable length, and apart from them the rest.
import { cleanText, clip } from './clean-text.ts';
import type { Inline } from './inline.ts';
import { plainOf } from './inline.ts';
import { readInlines } from './latex-text.ts';
import { htmlOf, newAllowance } from './prose.ts';

export interface Excerpt {
  /** HTML of the first sentences. */
  readonly lead: string;
  /** HTML of what follows them; empty when nothing does. */
  readonly rest: string;
  /** Whether the text goes on even behind the rest. */
  readonly clipped: boolean;
}

const enough = 180;
const tooMuch = 420;
const longest = 6000;

/** Splits a text for a card. Never throws; formulas and emphasis stay whole. */
export function excerpt(text: string): Excerpt {
  const line = cleanText(text.slice(0, longest * 2))
    .replace(/\s+/g, ' ')
    .trim();
  const clipped = line.length > longest || text.length > longest * 2;
  const run = readInlines(clip(line, longest));
  const { before, after } = cutRun(run);
  const allowance = newAllowance();
  return { lead: htmlOf(before, allowance, true), rest: htmlOf(after, allowance, true).trim(), clipped };
}

function cutRun(run: readonly Inline[]): { before: Inline[]; after: Inline[] } {
  if (plainOf(run).length <= tooMuch) return { before: [...run], after: [] };
  let passed = 0;
  let sentence: Place | undefined;
  let word: Place | undefined;
  for (const [index, item] of run.entries()) {
    const length = typeof item === 'string' ? item.length : plainOf([item]).length;
    if (typeof item === 'string') {
      const last = tooMuch - passed;
      sentence = lastMatch(item, /[.!?][)"'”’\]]*(?= +["'“‘([]?[\p{Lu}\p{N}])/gu, index, last) ?? sentence;
      word = lastMatch(item, /\S(?= )/gu, index, last) ?? word;
      if (sentence && item.length > last) break;
    }
    passed += length;
    if (passed > tooMuch) break;
  }
  const place =
    sentence && startOf(run, sentence) >= enough ? sentence : (word ?? { index: 0, offset: 0, hard: true });
  return split(run, place);
}

interface Place {
  readonly index: number;
  readonly offset: number;
  readonly hard?: boolean;
}

function lastMatch(text: string, pattern: RegExp, index: number, limit: number): Place | undefined {
  let found: Place | undefined;
  for (const match of text.matchAll(pattern)) {
    const offset = match.index + match[0].length;
    if (offset > limit) break;
    found = { index, offset };
  }
  return found;
}

function startOf(run: readonly Inline[], place: Place): number {
  return plainOf(run.slice(0, place.index)).length + place.offset;
}

function split(run: readonly Inline[], place: Place): { before: Inline[]; after: Inline[] } {
  const item = run[place.index];
  if (place.hard || typeof item !== 'string') {
    // One unbroken string or formula: cut the string where it gets too long, leave a formula whole.
    const first = run[0];
    return typeof first === 'string' && first.length > tooMuch
      ? {
          before: [first.slice(0, tooMuch).toWellFormed()],
          after: [first.slice(tooMuch).toWellFormed(), ...run.slice(1)],
        }
      : { before: [...run.slice(0, 1)], after: [...run.slice(1)] };
  }
  return {
    before: [...run.slice(0, place.index), item.slice(0, place.offset)],
    after: [item.slice(place.offset), ...run.slice(place.index + 1)],
  };
}

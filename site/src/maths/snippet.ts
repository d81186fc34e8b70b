// The part of an abstract in which a search was found. Formulas and emphasis are never cut.
import { cleanText, clip } from './clean-text.ts';
import { type Inline, plainOf } from './inline.ts';
import { readInlines } from './latex-text.ts';
import { type Marks, markRun, type TextRange } from './marked.ts';
import { htmlOf, newAllowance } from './prose.ts';

/** How much of an abstract a result shows, in characters; what is not longer stands whole. */
const comfortable = 320;
/** Of a longer text only the beginning is looked through. */
const longest = 6000;

export interface Snippet {
  /** HTML of the best part, with what was searched marked. */
  readonly part: string;
  /** HTML of all of it; undefined where the part is all. */
  readonly whole: string | undefined;
}

/** Finds the best part of a text. Never throws. */
export function snippet(text: string, marks: Marks): Snippet {
  const line = cleanText(text.slice(0, longest * 2))
    .replace(/\s+/g, ' ')
    .trim();
  const run = readInlines(clip(line, longest));
  const plain = plainOf(run);
  const allowance = newAllowance();
  const html = (some: readonly Inline[]): string => htmlOf(markRun(some, marks), allowance, true);
  if (plain.length <= comfortable) return { part: html(run), whole: undefined };
  const range = marks.window(plain, comfortable);
  return { part: html(cutOut(run, range, plain.length)), whole: html(run) };
}

/** The items of a run that a range of its plain text touches; only strings are cut. */
function cutOut(run: readonly Inline[], [start, end]: TextRange, length: number): Inline[] {
  const cut: Inline[] = start > 0 ? ['… '] : [];
  let at = 0;
  for (const item of run) {
    const size = typeof item === 'string' ? item.length : plainOf([item]).length;
    if (at < end && at + size > start)
      cut.push(
        typeof item === 'string' ? item.slice(Math.max(0, start - at), end - at).toWellFormed() : item,
      );
    at += size;
  }
  return end < length ? [...cut, ' …'] : cut;
}

// What was searched, marked in other people's text: only words of prose can be, so formulas and links stay whole.
import { append, type Inline } from './inline.ts';

/** Half open, in UTF-16 units. */
export type TextRange = readonly [start: number, end: number];

/** How the words of a search are found in a text. */
export interface Marks {
  /** Where they stand, in order and apart from each other. */
  ranges(text: string): readonly TextRange[];
  /** The stretch of about so many characters that tells most of them, beginning and ending between words. */
  window(text: string, lengthChars: number): TextRange;
}

/** The run with a mark around every word that was searched. */
export function markRun(run: readonly Inline[], marks: Marks): Inline[] {
  return run.flatMap((item): Inline[] => {
    if (typeof item === 'string') return markText(item, marks);
    if ('formula' in item) return [item];
    return [{ ...item, children: markRun(item.children, marks) }];
  });
}

function markText(text: string, marks: Marks): Inline[] {
  const pieces: Inline[] = [];
  let at = 0;
  for (const [start, end] of marks.ranges(text)) {
    if (start < at || end <= start || end > text.length) continue;
    append(pieces, text.slice(at, start));
    pieces.push({ mark: 'mark', children: [text.slice(start, end)] });
    at = end;
  }
  append(pieces, text.slice(at));
  return pieces;
}

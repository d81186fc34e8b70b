// What a result shows of a text: the words that were looked for, marked, and the part of an abstract with most of them.
import type { Analyser } from './analyser.ts';
import { formulaAround, formulaRanges, type TextRange } from './formulas.ts';
import { mlAnalyser } from './ml-analyser.ts';

export interface HighlightOptions {
  /** The analyser that the terms come from; without it, the one for papers. */
  readonly analyser?: Analyser;
  /** How the text was indexed: prose or the name of a person. */
  readonly as?: 'text' | 'name';
}

/** A part of a text that is marked or not. */
export interface HighlightPiece {
  readonly text: string;
  readonly marked: boolean;
}

interface Match {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

function matches(text: string, terms: ReadonlySet<string>, options: HighlightOptions): Match[] {
  const { analyser = mlAnalyser, as = 'text' } = options;
  if (terms.size === 0) return [];
  if (as === 'name') return analyser.name(text).filter(({ term }) => terms.has(term));
  const found: Match[] = [];
  analyser.eachToken(text, (term, _position, start, end) => {
    if (terms.has(term)) found.push({ term, start, end });
  });
  return found;
}

/**
 * Where the terms stand in a text, from left to right and apart from each other. A match inside a formula
 * is the whole formula.
 *
 * @param terms as the analyser makes them; `queryTerms` takes them from a query.
 * @returns UTF-16 code units of the original text, half open.
 */
export function highlightRanges(
  text: string,
  terms: ReadonlySet<string>,
  options: HighlightOptions = {},
): TextRange[] {
  return rangesOf(matches(text, terms, options), formulaRanges(text));
}

function rangesOf(found: readonly Match[], formulas: readonly TextRange[]): TextRange[] {
  const ranges: [number, number][] = [];
  for (const match of found) {
    const start = formulaAround(formulas, match.start)?.[0] ?? match.start;
    const end = formulaAround(formulas, match.end)?.[1] ?? match.end;
    const last = ranges.at(-1);
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}

/** The run of matches, no longer than the window, with most distinct terms, then with most matches, then the first. */
function bestRun(found: readonly Match[], lengthUnits: number): TextRange | undefined {
  const counts = new Map<string, number>();
  let best: { range: TextRange; distinct: number; total: number } | undefined;
  let right = 0;
  for (let left = 0; left < found.length; left += 1) {
    const first = found[left];
    if (first === undefined) break;
    for (; right < found.length; right += 1) {
      const next = found[right];
      if (next === undefined || (right > left && next.end - first.start > lengthUnits)) break;
      counts.set(next.term, (counts.get(next.term) ?? 0) + 1);
    }
    const total = right - left;
    if (
      best === undefined ||
      counts.size > best.distinct ||
      (counts.size === best.distinct && total > best.total)
    ) {
      const end = found[right - 1]?.end ?? first.end;
      best = { range: [first.start, Math.max(first.end, end)], distinct: counts.size, total };
    }
    const count = counts.get(first.term) ?? 0;
    if (count <= 1) counts.delete(first.term);
    else counts.set(first.term, count - 1);
  }
  return best?.range;
}

const isSpace = (text: string, index: number): boolean => /\s/.test(text.charAt(index));
const splitsPair = (text: string, index: number): boolean =>
  /[\udc00-\udfff]/.test(text.charAt(index)) && /[\ud800-\udbff]/.test(text.charAt(index - 1));

/** The beginning of a word at or after `wished`, not after `latest`; of a sentence where one is near. */
function wordStart(text: string, wished: number, latest: number): number {
  if (wished <= 0) return 0;
  const sentence = text.slice(wished, latest + 1).search(/(?<=[.!?。]\s+)\S/);
  if (sentence >= 0) return wished + sentence;
  for (let i = wished; i < latest; i += 1) if (isSpace(text, i - 1) && !isSpace(text, i)) return i;
  const start = text.lastIndexOf(' ', latest - 1) >= wished ? latest : wished;
  return splitsPair(text, start) ? start + 1 : start;
}

/** The end of a word at or before `wished`, not before `earliest`. */
function wordEnd(text: string, wished: number, earliest: number): number {
  if (wished >= text.length) return text.length;
  for (let i = wished; i > earliest; i -= 1) if (isSpace(text, i) && !isSpace(text, i - 1)) return i;
  return splitsPair(text, wished) ? wished - 1 : wished;
}

/**
 * The part of a text to show for some terms: about `lengthUnits` long, around the place with most distinct
 * terms, cut between words and never inside a formula or a character. Without a match it is the beginning.
 *
 * @param lengthUnits the length wished for, in UTF-16 code units; a formula at an end may exceed it.
 * @returns UTF-16 code units of the text, half open.
 */
export function snippetRange(
  text: string,
  terms: ReadonlySet<string>,
  lengthUnits: number,
  options: HighlightOptions = {},
): TextRange {
  return windowOf(text, matches(text, terms, options), formulaRanges(text), lengthUnits);
}

function windowOf(
  text: string,
  found: readonly Match[],
  formulas: readonly TextRange[],
  lengthUnits: number,
): TextRange {
  if (text.length <= lengthUnits) return [0, text.length];
  const [from, to] = bestRun(found, lengthUnits) ?? [0, 0];
  const room = Math.max(0, lengthUnits - (to - from));
  // More of what follows than of what goes before: a sentence explains itself forwards.
  const wished = Math.max(0, Math.min(from - Math.floor(room / 3), text.length - lengthUnits));
  let start = wordStart(text, wished, from);
  const aroundStart = formulaAround(formulas, start);
  if (aroundStart !== undefined) start = aroundStart[1] <= from ? aroundStart[1] : aroundStart[0];
  while (start < from && isSpace(text, start)) start += 1;
  const earliestEnd = Math.max(to, start + 1);
  let end = wordEnd(text, Math.max(earliestEnd, start + lengthUnits), earliestEnd);
  const aroundEnd = formulaAround(formulas, end);
  if (aroundEnd !== undefined) end = aroundEnd[0] >= earliestEnd ? aroundEnd[0] : aroundEnd[1];
  while (end > earliestEnd && isSpace(text, end - 1)) end -= 1;
  return [start, end];
}

/**
 * A text in pieces, marked where the terms stand. With `maxLength` (UTF-16 code units) only the best part
 * of it, with an ellipsis where something was left out.
 */
export function highlight(
  text: string,
  terms: ReadonlySet<string>,
  options: HighlightOptions & { readonly maxLength?: number } = {},
): HighlightPiece[] {
  const found = matches(text, terms, options);
  const formulas = formulaRanges(text);
  const [start, end] = windowOf(text, found, formulas, options.maxLength ?? text.length);
  const pieces: HighlightPiece[] = [];
  const add = (piece: string, marked: boolean): void => {
    if (piece !== '') pieces.push({ text: piece, marked });
  };
  let at = start;
  if (start > 0) add('…', false);
  for (const [from, to] of rangesOf(found, formulas)) {
    if (to <= start || from >= end) continue;
    add(text.slice(at, Math.max(at, from)), false);
    add(text.slice(Math.max(at, from), Math.min(to, end)), true);
    at = Math.min(to, end);
  }
  add(text.slice(at, end), false);
  if (end < text.length) add('…', false);
  return pieces;
}

// Terms near a term in the sorted dictionaries: those it begins, and those one edit away; both in bounded work.
import { compareTexts } from './byte-order.ts';
import { startsWith, TermWalk } from './dictionary.ts';
import type { Segment, Vocabulary } from './segment.ts';

/** A term of the index with how many papers hold it and how it is mostly written. */
export interface NearTerm {
  readonly term: string;
  readonly documents: number;
  readonly surface: string;
}

/** Terms that are looked at for a prefix in one segment, and next letters tried at one place of a word. */
const mostVisited = 4096;
const mostLetters = 128;

const encoder = new TextEncoder();

/** Sums up what several segments say of a term. The spelling is that of the segment where it is most frequent. */
class Tally {
  private readonly found = new Map<string, { documents: number; surface: string; most: number }>();

  add(term: string, documents: number, surface: string): void {
    const known = this.found.get(term);
    if (known === undefined) this.found.set(term, { documents, surface, most: documents });
    else {
      known.documents += documents;
      if (documents > known.most) {
        known.most = documents;
        known.surface = surface;
      }
    }
  }

  /** The most frequent first, equals by code units. */
  best(limit: number): NearTerm[] {
    return [...this.found]
      .map(([term, { documents, surface }]) => ({ term, documents, surface }))
      .sort((a, b) => b.documents - a.documents || compareTexts(a.term, b.term))
      .slice(0, limit);
  }
}

/** What the index says of one term; `undefined` when it does not hold it. */
export function termNamed(
  segments: readonly Segment[],
  vocabulary: Vocabulary,
  term: string,
): NearTerm | undefined {
  const tally = new Tally();
  const bytes = encoder.encode(term);
  for (const segment of segments) {
    const walk = new TermWalk(segment[vocabulary].dictionary);
    if (walk.seek(bytes) && walk.compare(bytes) === 0) tally.add(term, walk.documents, walk.surfaceText());
  }
  return tally.best(1)[0];
}

/**
 * The most frequent terms that begin with `prefix`. Of very many, those first in the dictionary are considered;
 * of those, only what is among the most frequent of a segment is spelt and summed up.
 */
export function prefixTerms(
  segments: readonly Segment[],
  vocabulary: Vocabulary,
  prefix: string,
  limit: number,
): NearTerm[] {
  const tally = new Tally();
  const bytes = encoder.encode(prefix);
  for (const segment of segments) {
    const least = frequencyToReach(segment, vocabulary, bytes, limit * 2);
    const walk = new TermWalk(segment[vocabulary].dictionary);
    let visited = 0;
    for (let going = walk.seek(bytes); going && startsWith(walk, bytes); going = walk.next()) {
      if (walk.documents >= least) tally.add(walk.text(), walk.documents, walk.surfaceText());
      visited += 1;
      if (visited === mostVisited) break;
    }
  }
  return tally.best(limit);
}

/** In how many documents of a segment a term must be to be among the `rank` most frequent with its prefix. */
function frequencyToReach(
  segment: Segment,
  vocabulary: Vocabulary,
  prefix: Uint8Array,
  rank: number,
): number {
  const walk = new TermWalk(segment[vocabulary].dictionary);
  const frequencies: number[] = [];
  for (let going = walk.seek(prefix); going && startsWith(walk, prefix); going = walk.next()) {
    frequencies.push(walk.documents);
    if (frequencies.length === mostVisited) break;
  }
  if (frequencies.length <= rank) return 0;
  return Uint32Array.from(frequencies).sort()[frequencies.length - rank] ?? 0;
}

/**
 * The most frequent terms one edit away: a letter more, less or other, or two neighbours exchanged. The term
 * itself is not among them. For every place of the word the dictionary says which letters follow its
 * beginning there, so that only letters that occur are tried: about 30 look-ups a letter of the word.
 */
export function oneEditTerms(
  segments: readonly Segment[],
  vocabulary: Vocabulary,
  term: string,
  limit: number,
): NearTerm[] {
  const letters = [...term.toWellFormed()].slice(0, 64);
  const tally = new Tally();
  for (const segment of segments) {
    const walk = new TermWalk(segment[vocabulary].dictionary);
    const seen = new Set([term]);
    const look = (candidate: string): void => {
      if (candidate === '' || seen.has(candidate)) return;
      seen.add(candidate);
      const bytes = encoder.encode(candidate);
      if (walk.seek(bytes) && walk.compare(bytes) === 0)
        tally.add(candidate, walk.documents, walk.surfaceText());
    };
    for (let place = 0; place <= letters.length; place += 1) {
      const before = letters.slice(0, place).join('');
      const here = letters[place] ?? '';
      const after = letters.slice(place + 1).join('');
      look(before + after);
      const swapped = letters[place + 1];
      if (swapped !== undefined) look(before + swapped + here + letters.slice(place + 2).join(''));
      for (const letter of lettersAfter(walk, before)) {
        look(before + letter + here + after);
        if (here !== '') look(before + letter + after);
      }
    }
  }
  return tally.best(limit);
}

/** The letters with which terms go on after `prefix`, found by jumping from each to behind all its terms. */
function lettersAfter(walk: TermWalk, prefix: string): string[] {
  const start = encoder.encode(prefix);
  const letters: string[] = [];
  let going = walk.seek(start);
  while (going && startsWith(walk, start) && letters.length < mostLetters) {
    const letter = [...walk.text().slice(prefix.length)][0];
    if (letter === undefined) {
      going = walk.next();
      continue;
    }
    letters.push(letter);
    const following = (letter.codePointAt(0) ?? 0) + 1;
    if (following > 0x10ffff) break;
    going = walk.seek(encoder.encode(prefix + String.fromCodePoint(following)));
  }
  return letters;
}

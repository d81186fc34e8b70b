// Which documents of a segment stand in a relation to clauses, without scores: sets for filters, counts and sorting.
import { Bitset } from '../bitset.ts';
import { type Averages, ClauseReader } from './clause-reader.ts';
import type { PlannedClause } from './plan.ts';
import { type Scoring, standardScoring } from './scoring.ts';
import type { Segment } from './segment.ts';
import { noDocument, TermCursor } from './term-cursor.ts';

const noAverages: Averages = { text: 0, author: 0 };

/** The documents in which a clause stands. */
export function documentsOf(
  clause: PlannedClause,
  segment: Segment,
  scoring: Scoring = standardScoring,
): Bitset {
  const found = new Bitset(segment.documents);
  if (clause.additive && !clause.titleOnly) {
    for (const { vocabulary, term } of clause.leaves) addTerm(segment, vocabulary, term, found.words);
    return found;
  }
  const reader = new ClauseReader(clause, segment, scoring, noAverages);
  forEachBit(candidates(clause, segment).words, (document) => {
    if (reader.stands(document)) found.add(document);
  });
  return found;
}

/** The documents that hold all terms of an alternative, in whatever order. */
function candidates(clause: PlannedClause, segment: Segment): Bitset {
  const found = new Bitset(segment.documents);
  for (const { vocabulary, alternatives } of clause.branches) {
    for (const { scored } of alternatives) {
      const together = new Uint32Array(found.words.length).fill(0xffff_ffff);
      for (const leaf of scored) {
        const holders = new Uint32Array(found.words.length);
        addTerm(segment, vocabulary, clause.leaves[leaf]?.term ?? '', holders);
        intersect(together, holders);
      }
      unite(found.words, together);
    }
  }
  return found;
}

function addTerm(segment: Segment, vocabulary: 'text' | 'author', term: string, words: Uint32Array): void {
  const field = segment[vocabulary];
  const entry = field.dictionary.find(term);
  if (entry === undefined) return;
  const cursor = new TermCursor();
  cursor.open(field, entry);
  while (cursor.document !== noDocument) {
    const { documents, count } = cursor;
    for (let i = 0; i < count; i += 1) {
      const document = documents[i] ?? 0;
      words[document >>> 5] = (words[document >>> 5] ?? 0) | (1 << (document & 31));
    }
    cursor.load(cursor.block + 1);
  }
}

/** `target &= other`. */
export function intersect(target: Uint32Array, other: Uint32Array): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] ?? 0) & (other[i] ?? 0);
}

/** `target &= ~other`. */
export function subtract(target: Uint32Array, other: Uint32Array): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] ?? 0) & ~(other[i] ?? 0);
}

/** `target |= other`. */
export function unite(target: Uint32Array, other: Uint32Array): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] ?? 0) | (other[i] ?? 0);
}

/** Calls back for every member, ascending. */
export function forEachBit(words: Uint32Array, visit: (index: number) => void): void {
  for (let word = 0; word < words.length; word += 1) {
    let bits = words[word] ?? 0;
    while (bits !== 0) {
      visit(word * 32 + (31 - Math.clz32(bits & -bits)));
      bits &= bits - 1;
    }
  }
}

// What a query asks of this index: its clauses with the weights of their terms, before any segment is opened.
import type { Clause, QueryField } from '../query/query.ts';
import { highestContribution } from './scoring.ts';
import type { Vocabulary } from './segment.ts';

/** One term of a clause in one vocabulary. */
export interface Leaf {
  readonly vocabulary: Vocabulary;
  readonly term: string;
  /** Papers that hold it, over all segments. */
  readonly documents: number;
  readonly idf: number;
  /** What a saturation of 1 would score: clause weight · idf · (k1 + 1), and the author weight for names. */
  readonly weight: number;
}

/** One way for a clause to stand: these leaves, each so many words after the first. */
export interface Alternative {
  /** Indexes into the leaves of the clause. */
  readonly leaves: readonly number[];
  readonly offsets: readonly number[];
  /** The same leaves, each once: a word said twice in a phrase is scored once. */
  readonly scored: readonly number[];
}

/** The alternatives of a clause in one vocabulary; the best of those that stand counts. */
export interface Branch {
  readonly vocabulary: Vocabulary;
  readonly alternatives: readonly Alternative[];
}

/** A leaf of a clause as it is added up before the clause is looked at, see `summandsOf`. */
export interface Summand {
  readonly leaf: Leaf;
  /** Its place among the leaves of the clause. */
  readonly place: number;
  /** What is added with it wherever it stands. */
  readonly extra: number;
}

export interface PlannedClause {
  readonly written: string;
  /** Only the title is looked at. */
  readonly titleOnly: boolean;
  readonly leaves: readonly Leaf[];
  /** In every document these add up to what the clause scores there, or to more. */
  readonly summands: readonly Summand[];
  /** The scores of branches add up: text, and names. */
  readonly branches: readonly Branch[];
  /** Whether the score is simply the sum of what its leaves contribute. */
  readonly additive: boolean;
}

/** How a planner asks the index about a term. */
export interface TermSource {
  documentsWith(term: string, vocabulary: Vocabulary): number;
  /** See `Leaf.weight`, for a clause weight of 1. */
  weigh(documents: number, vocabulary: Vocabulary): { idf: number; weight: number };
}

/** Terms of a phrase that are looked at, and alternatives of a clause; what is beyond is left out. */
const longestPhrase = 32;
const mostAlternatives = 16;

export function vocabulariesOf(field: QueryField): readonly Vocabulary[] {
  if (field === 'any') return ['text', 'author'];
  return field === 'author' ? ['author'] : ['text'];
}

/** The terms of a clause that is one word, which may be written in several ways; none of any other clause. */
export function termsOfOneWord({ alternatives }: Clause): readonly string[] {
  if (alternatives.some((terms) => terms.length !== 1)) return [];
  return [...new Set(alternatives.flatMap((terms) => terms.map(({ term }) => term)))];
}

/** Prepares one clause. An alternative with a term that no paper holds is left out, for it stands nowhere. */
export function planClause(clause: Clause, source: TermSource, weight = 1): PlannedClause {
  const leaves: Leaf[] = [];
  const leafOf = (vocabulary: Vocabulary, term: string): number => {
    const known = leaves.findIndex((leaf) => leaf.vocabulary === vocabulary && leaf.term === term);
    if (known >= 0) return known;
    const documents = source.documentsWith(term, vocabulary);
    const { idf, weight: unit } = source.weigh(documents, vocabulary);
    leaves.push({ vocabulary, term, documents, idf, weight: unit * weight });
    return leaves.length - 1;
  };
  const branches: Branch[] = [];
  for (const vocabulary of vocabulariesOf(clause.field)) {
    const alternatives: Alternative[] = [];
    for (const sequence of clause.alternatives.slice(0, mostAlternatives)) {
      const terms = sequence.slice(0, longestPhrase);
      if (terms.length === 0) continue;
      if (terms.some(({ term }) => source.documentsWith(term, vocabulary) === 0)) continue;
      const first = terms[0]?.offset ?? 0;
      const inOrder = terms.map(({ term }) => leafOf(vocabulary, term));
      alternatives.push({
        leaves: inOrder,
        offsets: terms.map(({ offset }) => offset - first),
        scored: [...new Set(inOrder)],
      });
    }
    if (alternatives.length > 0) branches.push({ vocabulary, alternatives });
  }
  return {
    written: clause.written,
    titleOnly: clause.field === 'title',
    leaves,
    summands: summandsOf(leaves, branches),
    branches,
    additive: branches.every(({ alternatives }) => {
      const [only, ...others] = alternatives;
      return others.length === 0 && (only?.leaves.length ?? 0) === 1;
    }),
  };
}

/**
 * The leaves of a clause that are added up as an upper bound of its score: of each alternative the rarest, with the
 * most that its others could add. A document without the rarest cannot hold the phrase, and need not be looked at
 * for its common words.
 */
function summandsOf(leaves: readonly Leaf[], branches: readonly Branch[]): Summand[] {
  const extras = new Map<number, number>();
  const documentsOf = (place: number): number => leaves[place]?.documents ?? 0;
  for (const { alternatives } of branches)
    for (const { scored } of alternatives) {
      const [rarest = 0, ...others] = scored.toSorted((a, b) => documentsOf(a) - documentsOf(b));
      const most = others.reduce((sum, place) => sum + highestContribution(leaves[place]?.weight ?? 0), 0);
      extras.set(rarest, (extras.get(rarest) ?? 0) + most);
    }
  return [...extras].flatMap(([place, extra]) => {
    const leaf = leaves[place];
    return leaf === undefined ? [] : [{ leaf, place, extra }];
  });
}

/** Distinct terms that are scored; of more than these, the rarest. */
export const mostLeaves = 64;

/** Keeps the clauses with the rarest terms, in their order, so that a query of any length costs bounded time. */
export function keepRarest(clauses: readonly PlannedClause[], room: number): readonly PlannedClause[] {
  const total = clauses.reduce((sum, { leaves }) => sum + leaves.length, 0);
  if (total <= room) return clauses;
  const rarity = ({ leaves }: PlannedClause): number => Math.min(...leaves.map((leaf) => leaf.documents));
  const kept = new Set<PlannedClause>();
  let left = room;
  for (const clause of [...clauses].sort((a, b) => rarity(a) - rarity(b))) {
    if (clause.leaves.length > left) break;
    left -= clause.leaves.length;
    kept.add(clause);
  }
  return clauses.filter((clause) => kept.has(clause));
}

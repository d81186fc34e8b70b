// One clause in one segment, looked at document by document: whether it stands there and what it scores.

import type { Alternative, Branch, PlannedClause } from './plan.ts';
import { PositionReader } from './position-reader.ts';
import { contribution, type Scoring, saturationTerms } from './scoring.ts';
import type { Segment, Vocabulary } from './segment.ts';
import { TermCursor } from './term-cursor.ts';

/** The mean lengths of the whole index, by which all its segments score. */
export interface Averages {
  readonly text: number;
  readonly author: number;
}

/** What one leaf adds in one document, with the numbers it is made of. */
export interface LeafScore {
  readonly tf: number;
  readonly length: number;
  readonly contribution: number;
}

interface OpenLeaf {
  readonly cursor: TermCursor;
  readonly positions: PositionReader;
  readonly vocabulary: Vocabulary;
  readonly weight: number;
  readonly lengths: Float32Array;
  readonly titleWeight: number;
  readonly abstractWeight: number;
  readonly constant: number;
  readonly slope: number;
}

/** Documents must be asked for in ascending order. */
export class ClauseReader {
  private readonly clause: PlannedClause;
  private readonly leaves: OpenLeaf[];

  constructor(clause: PlannedClause, segment: Segment, scoring: Scoring, averages: Averages) {
    this.clause = clause;
    this.leaves = clause.leaves.map((leaf) => {
      const field = segment[leaf.vocabulary];
      const cursor = new TermCursor();
      const positions = new PositionReader(cursor);
      const entry = field.dictionary.find(leaf.term);
      if (entry !== undefined) cursor.open(field, entry);
      positions.open(field.positions);
      const text = leaf.vocabulary === 'text';
      return {
        cursor,
        positions,
        vocabulary: leaf.vocabulary,
        weight: leaf.weight,
        lengths: field.lengths,
        titleWeight: text ? scoring.titleWeight : 0,
        abstractWeight: clause.titleOnly ? 0 : text ? scoring.abstractWeight : 1,
        ...saturationTerms(scoring, averages[leaf.vocabulary]),
      };
    });
  }

  stands(document: number): boolean {
    return this.clause.branches.some(({ alternatives }) =>
      alternatives.some((alternative) => this.alternativeStands(alternative, document)),
    );
  }

  /**
   * What the clause adds to the score of a document; 0 where it does not stand.
   *
   * @param needed where it surely adds less than this, 0 is told without a look at the positions.
   */
  score(document: number, needed = Number.NEGATIVE_INFINITY): number {
    const { branches } = this.clause;
    const least = branches.length === 1 ? needed : Number.NEGATIVE_INFINITY;
    let total = 0;
    for (const branch of branches) {
      const { scored = [] } = this.bestOf(branch, document, least) ?? {};
      for (const leaf of scored) total += this.leafScore(leaf, document);
    }
    return total;
  }

  /** The leaves that make the score of a document, for an explanation. */
  scoringLeaves(document: number): number[] {
    return this.clause.branches.flatMap((branch) => this.bestOf(branch, document)?.scored ?? []);
  }

  /** What its summands add up to in a document. */
  sumOfSummands(document: number): number {
    let total = 0;
    for (const { place, extra } of this.clause.summands) {
      const leaf = this.leaves[place];
      if (leaf === undefined || leaf.cursor.seek(document) !== document || weightedCount(leaf) === 0)
        continue;
      total += this.leafScore(place, document) + extra;
    }
    return total;
  }

  /** What a leaf adds, and why. */
  explainLeaf(leaf: number, document: number): LeafScore {
    const open = this.leaves[leaf];
    if (open === undefined || open.cursor.seek(document) !== document)
      return { tf: 0, length: 0, contribution: 0 };
    const length = open.lengths[document] ?? 0;
    return { tf: weightedCount(open), length, contribution: this.leafScore(leaf, document) };
  }

  /** The best alternative that stands and is worth `needed`; the first one of equals. */
  private bestOf(
    branch: Branch,
    document: number,
    needed = Number.NEGATIVE_INFINITY,
  ): Alternative | undefined {
    let best: Alternative | undefined;
    let highest = -1;
    for (const alternative of branch.alternatives) {
      if (!this.holdsAll(alternative, document)) continue;
      let total = 0;
      for (const leaf of alternative.scored) total += this.leafScore(leaf, document);
      if (total <= highest || total < needed || !this.isInOrder(alternative, document)) continue;
      highest = total;
      best = alternative;
    }
    return best;
  }

  private leafScore(index: number, document: number): number {
    const leaf = this.leaves[index];
    if (leaf === undefined || leaf.cursor.seek(document) !== document) return 0;
    const tf = weightedCount(leaf);
    if (tf === 0) return 0;
    return contribution(leaf.weight, tf, leaf.lengths[document] ?? 0, leaf.constant, leaf.slope);
  }

  private alternativeStands(alternative: Alternative, document: number): boolean {
    return this.holdsAll(alternative, document) && this.isInOrder(alternative, document);
  }

  private holdsAll(alternative: Alternative, document: number): boolean {
    for (const index of alternative.leaves) {
      const leaf = this.leaves[index];
      if (leaf === undefined || leaf.cursor.seek(document) !== document) return false;
      if (this.clause.titleOnly && leaf.cursor.titleCount === 0) return false;
    }
    return true;
  }

  private isInOrder(alternative: Alternative, document: number): boolean {
    return alternative.leaves.length === 1 || this.phraseStands(alternative, document);
  }

  private phraseStands(alternative: Alternative, document: number): boolean {
    for (const index of alternative.scored) {
      const leaf = this.leaves[index];
      if (leaf === undefined || leaf.cursor.document !== document) return false;
      leaf.positions.read();
    }
    const first = this.leaves[alternative.leaves[0] ?? 0]?.positions;
    if (first === undefined) return false;
    const end = this.clause.titleOnly ? first.titles : first.total;
    for (let i = 0; i < end; i += 1) {
      if (this.standsFrom(alternative, first.places[i] ?? 0, i < first.titles)) return true;
    }
    return false;
  }

  /** Whether every term of a sequence lies at its offset from a place of the first. */
  private standsFrom({ leaves, offsets }: Alternative, start: number, inTitle: boolean): boolean {
    for (let i = 1; i < leaves.length; i += 1) {
      const positions = this.leaves[leaves[i] ?? 0]?.positions;
      if (positions === undefined || !positions.standsAt(start + (offsets[i] ?? 0), inTitle)) return false;
    }
    return true;
  }
}

function weightedCount(leaf: OpenLeaf): number {
  return leaf.titleWeight * leaf.cursor.titleCount + leaf.abstractWeight * leaf.cursor.abstractCount;
}

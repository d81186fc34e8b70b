// One term of a query opened in one segment: what it can add at most, and what it adds.
import type { Averages } from './clause-reader.ts';
import type { PlannedClause, Summand } from './plan.ts';
import { boundGrowth, boundSlack, roundingShift, type Scoring, saturationTerms } from './scoring.ts';
import type { Segment } from './segment.ts';
import { noDocument, TermCursor } from './term-cursor.ts';

/** One segment to be searched. */
export interface SegmentTask {
  readonly segment: Segment;
  readonly clauses: readonly PlannedClause[];
  readonly scoring: Scoring;
  readonly averages: Averages;
  /** Documents that may be hits, a bit each; `undefined` for all. */
  readonly allowed: Uint32Array | undefined;
  /** What is asked of a paper last, for it is dearest: filters. */
  readonly passes: ((ordinal: number) => boolean) | undefined;
}

/** A leaf opened in a segment. */
export class ScoredLeaf {
  readonly cursor = new TermCursor();
  lengths: Float32Array = new Float32Array(0);
  weight = 0;
  titleWeight = 0;
  abstractWeight = 0;
  constant = 0;
  slope = 0;
  /** What is added wherever the term stands. */
  extra = 0;
  /** What one 255th of saturation is worth at most. */
  unit = 0;
  /** The highest possible contribution in the present window. */
  bound = 0;
  private boundBlock = 0;

  /** @returns false when the segment does not have the term. */
  open({ leaf, extra }: Summand, titleOnly: boolean, task: SegmentTask): boolean {
    const field = task.segment[leaf.vocabulary];
    const entry = field.dictionary.find(leaf.term);
    if (entry === undefined) return false;
    const text = leaf.vocabulary === 'text';
    const average = task.averages[leaf.vocabulary];
    const { constant, slope } = saturationTerms(task.scoring, average);
    this.cursor.open(field, entry);
    this.lengths = field.lengths;
    this.weight = leaf.weight;
    this.extra = extra;
    this.titleWeight = text ? task.scoring.titleWeight : 0;
    this.abstractWeight = titleOnly ? 0 : text ? task.scoring.abstractWeight : 1;
    this.constant = constant;
    this.slope = slope;
    this.unit = (leaf.weight * boundGrowth(field.average, average)) / 255;
    this.boundBlock = 0;
    return true;
  }

  /** The highest contribution in a block; no saturation exceeds 1 however the averages have moved. */
  blockBound(block: number): number {
    return Math.min(this.weight, this.unit * this.cursor.impactOf(block)) + boundSlack + this.extra;
  }

  /** Sets `bound` for the documents `[start, end)`. */
  boundWindow(start: number, end: number): void {
    const { cursor } = this;
    let block = cursor.blockOf(start, this.boundBlock);
    this.boundBlock = block;
    let highest = 0;
    while (block < cursor.blocks) {
      const impact = cursor.impactOf(block);
      if (impact > highest) highest = impact;
      if (cursor.lastOf(block) >= end - 1) break;
      block += 1;
    }
    this.bound = highest === 0 ? 0 : Math.min(this.weight, this.unit * highest) + boundSlack + this.extra;
  }

  /** Adds the contributions of the documents `[start, end)` to their sums and marks them. */
  accumulate(start: number, end: number, sums: Float64Array, marks: Uint32Array): void {
    const { cursor, lengths, weight, extra, titleWeight, abstractWeight, constant, slope } = this;
    const { documents, counts } = cursor;
    cursor.seek(start);
    while (cursor.document < end) {
      const { count, titleBits } = cursor;
      const titleMask = (1 << titleBits) - 1;
      let i = cursor.index;
      for (; i < count; i += 1) {
        const document = documents[i] ?? 0;
        if (document >= end) break;
        const held = counts[i] ?? 0;
        const tf = titleWeight * (held & titleMask) + abstractWeight * (held >>> titleBits);
        if (tf === 0) continue;
        const length = lengths[document] ?? 0;
        const local = document - start;
        const added =
          weight * (tf / (tf + constant + slope * length)) + roundingShift - roundingShift + extra;
        sums[local] = (sums[local] ?? 0) + added;
        marks[local >>> 5] = (marks[local >>> 5] ?? 0) | (1 << (local & 31));
      }
      if (i < count) {
        cursor.index = i;
        cursor.document = documents[i] ?? noDocument;
      } else cursor.load(cursor.block + 1);
    }
  }

  /** What the leaf adds in one document, or -1 when that cannot lift the document to `needed`. */
  addedAt(document: number, needed: number): number {
    const { cursor } = this;
    if (cursor.document < document && cursor.lastOf(cursor.block) < document) {
      const block = cursor.blockOf(document, cursor.block + 1);
      if (block < cursor.blocks && this.blockBound(block) < needed) return -1;
    }
    if (cursor.seek(document) !== document) return 0;
    const held = cursor.counts[cursor.index] ?? 0;
    const tf =
      this.titleWeight * (held & ((1 << cursor.titleBits) - 1)) +
      this.abstractWeight * (held >>> cursor.titleBits);
    if (tf === 0) return 0;
    const length = this.lengths[document] ?? 0;
    const added =
      this.weight * (tf / (tf + this.constant + this.slope * length)) + roundingShift - roundingShift;
    return added + this.extra;
  }
}

// Finds the best documents of a segment: MaxScore by windows of documents, pruned by the maxima of blocks.
import { type Averages, ClauseReader } from './clause-reader.ts';
import type { Leaf, PlannedClause } from './plan.ts';
import { boundGrowth, boundSlack, roundingShift, type Scoring, saturationTerms } from './scoring.ts';
import type { Segment } from './segment.ts';
import { noDocument, TermCursor } from './term-cursor.ts';
import type { TopK } from './top-k.ts';

/** Documents that are scored together; their sums fit the first-level cache. */
const windowSize = 4096;

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

/** How many papers were found to match, and whether others may have been passed over unseen. */
export interface Matched {
  readonly count: number;
  readonly exact: boolean;
}

/** A leaf opened in a segment. */
class ScoredLeaf {
  readonly cursor = new TermCursor();
  lengths: Float32Array = new Float32Array(0);
  weight = 0;
  titleWeight = 0;
  abstractWeight = 0;
  constant = 0;
  slope = 0;
  /** What one 255th of saturation is worth at most. */
  unit = 0;
  /** The highest possible contribution in the present window. */
  bound = 0;
  private boundBlock = 0;

  /** @returns false when the segment does not have the term. */
  open(leaf: Leaf, titleOnly: boolean, task: SegmentTask): boolean {
    const field = task.segment[leaf.vocabulary];
    const entry = field.dictionary.find(leaf.term);
    if (entry === undefined) return false;
    const text = leaf.vocabulary === 'text';
    const average = task.averages[leaf.vocabulary];
    const { constant, slope } = saturationTerms(task.scoring, average);
    this.cursor.open(field, entry);
    this.lengths = field.lengths;
    this.weight = leaf.weight;
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
    return Math.min(this.weight, this.unit * this.cursor.impactOf(block)) + boundSlack;
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
    this.bound = highest === 0 ? 0 : Math.min(this.weight, this.unit * highest) + boundSlack;
  }

  /** Adds the contributions of the documents `[start, end)` to their sums and marks them. */
  accumulate(start: number, end: number, sums: Float64Array, marks: Uint32Array): void {
    const { cursor, lengths, weight, titleWeight, abstractWeight, constant, slope } = this;
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
        const added = weight * (tf / (tf + constant + slope * length)) + roundingShift - roundingShift;
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
    return this.weight * (tf / (tf + this.constant + this.slope * length)) + roundingShift - roundingShift;
  }
}

/** Holds the buffers of scoring, so that a search allocates little. Not to be shared by two searches at once. */
export class WindowScorer {
  private readonly sums = new Float64Array(windowSize);
  private readonly marks = new Uint32Array(windowSize / 32);
  private readonly pool: ScoredLeaf[] = [];

  /**
   * Offers every document of a segment that may be among the best.
   *
   * The leaves of all clauses are summed up as if clauses were plain sums. For those that are not (phrases,
   * several spellings) this is an upper bound, which `ClauseReader` corrects for the few that reach the heap.
   */
  search(task: SegmentTask, best: TopK): Matched {
    const leaves: ScoredLeaf[] = [];
    for (const clause of task.clauses) {
      for (const leaf of clause.leaves) {
        const opened = this.pool[leaves.length] ?? new ScoredLeaf();
        this.pool[leaves.length] = opened;
        if (opened.open(leaf, clause.titleOnly, task)) leaves.push(opened);
      }
    }
    const corrected = task.clauses
      .filter((clause) => !clause.additive)
      .map((clause) => new ClauseReader(clause, task.segment, task.scoring, task.averages));
    let count = 0;
    let exact = true;
    for (let start = 0; start < task.segment.documents && leaves.length > 0; start += windowSize) {
      const end = Math.min(start + windowSize, task.segment.documents);
      const found = this.searchWindow(task, leaves, corrected, start, end, best);
      count += found.count;
      exact &&= found.exact;
    }
    return { count, exact };
  }

  private searchWindow(
    task: SegmentTask,
    leaves: ScoredLeaf[],
    corrected: readonly ClauseReader[],
    start: number,
    end: number,
    best: TopK,
  ): Matched {
    for (const leaf of leaves) leaf.boundWindow(start, end);
    leaves.sort((a, b) => a.bound - b.bound);
    // The weakest leaves that together cannot reach the threshold: no document is a hit for them alone.
    const below: number[] = [];
    let sum = 0;
    let optional = 0;
    for (const leaf of leaves) {
      sum += leaf.bound;
      below.push(sum);
      if (sum < best.threshold) optional += 1;
    }
    if (optional === leaves.length) return { count: 0, exact: false };
    for (let i = optional; i < leaves.length; i += 1) {
      if ((leaves[i]?.bound ?? 0) > 0) leaves[i]?.accumulate(start, end, this.sums, this.marks);
    }
    return this.visitMarked(task, leaves, optional, below, corrected, start, best);
  }

  private visitMarked(
    task: SegmentTask,
    leaves: readonly ScoredLeaf[],
    optional: number,
    below: readonly number[],
    corrected: readonly ClauseReader[],
    start: number,
    best: TopK,
  ): Matched {
    const { sums, marks } = this;
    const { ordinals } = task.segment;
    const rest = optional === 0 ? 0 : (below[optional - 1] ?? 0);
    let count = 0;
    let exact = optional === 0;
    for (let word = 0; word < marks.length; word += 1) {
      let bits = marks[word] ?? 0;
      if (bits === 0) continue;
      marks[word] = 0;
      while (bits !== 0) {
        const local = word * 32 + (31 - Math.clz32(bits & -bits));
        bits &= bits - 1;
        let score = sums[local] ?? 0;
        sums[local] = 0;
        if (score + rest < best.threshold) {
          exact = false;
          continue;
        }
        const document = start + local;
        if (
          task.allowed !== undefined &&
          ((task.allowed[document >>> 5] ?? 0) & (1 << (document & 31))) === 0
        ) {
          continue;
        }
        const ordinal = ordinals[document] ?? 0;
        if (task.passes !== undefined && !task.passes(ordinal)) continue;
        let i = optional - 1;
        for (; i >= 0; i -= 1) {
          if (score + (below[i] ?? 0) < best.threshold) break;
          const weaker = i === 0 ? 0 : (below[i - 1] ?? 0);
          const added = leaves[i]?.addedAt(document, best.threshold - score - weaker) ?? 0;
          if (added < 0) break;
          score += added;
        }
        if (i >= 0) continue;
        for (const reader of corrected) score += reader.score(document) - reader.sumOfLeaves(document);
        if (score <= 0) continue;
        count += 1;
        best.offer(ordinal, score);
      }
    }
    return { count, exact };
  }
}

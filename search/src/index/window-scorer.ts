// Finds the best documents of a segment: MaxScore by windows of documents, pruned by the maxima of blocks.
import { ClauseReader } from './clause-reader.ts';
import { ScoredLeaf, type SegmentTask } from './scored-leaf.ts';
import type { TopK } from './top-k.ts';

/** Documents that are scored together; their sums fit the first-level cache. */
const windowSize = 4096;

/** How many papers were found to match, and whether others may have been passed over unseen. */
export interface Matched {
  readonly count: number;
  readonly exact: boolean;
}

/** Holds the buffers of scoring, so that a search allocates little. Not to be shared by two searches at once. */
export class WindowScorer {
  private readonly sums = new Float64Array(windowSize);
  private readonly marks = new Uint32Array(windowSize / 32);
  private readonly pool: ScoredLeaf[] = [];

  /**
   * Offers every document of a segment that may be among the best.
   *
   * The summands of all clauses are added up as if clauses were plain sums. For those that are not (phrases,
   * several spellings) this is an upper bound, which `ClauseReader` corrects for the few that reach the heap.
   */
  search(task: SegmentTask, best: TopK): Matched {
    const leaves: ScoredLeaf[] = [];
    for (const clause of task.clauses) {
      for (const summand of clause.summands) {
        const opened = this.pool[leaves.length] ?? new ScoredLeaf();
        this.pool[leaves.length] = opened;
        if (opened.open(summand, clause.titleOnly, task)) leaves.push(opened);
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
        // A correction never adds: a document that has fallen below the threshold stays there.
        for (const reader of corrected) {
          const summed = reader.sumOfSummands(document);
          if (summed === 0) continue;
          score -= summed;
          score += reader.score(document, best.threshold - score);
          if (score < best.threshold) break;
        }
        if (score < best.threshold) {
          exact = false;
          continue;
        }
        if (score <= 0) continue;
        count += 1;
        best.offer(ordinal, score);
      }
    }
    return { count, exact };
  }
}

// The best so many papers seen so far: a heap with the worst of them on top, which is what others must beat.

export interface Hit {
  readonly ordinal: number;
  readonly score: number;
}

/** Keeps the papers with the highest scores; of equal ones those whose id comes first. */
export class TopK {
  /** Below this score nothing gets in any more; equal scores still may, by their ids. */
  threshold = Number.NEGATIVE_INFINITY;
  private readonly room: number;
  private readonly compareIds: (a: number, b: number) => number;
  private readonly scores: number[] = [];
  private readonly ordinals: number[] = [];

  constructor(room: number, compareIds: (a: number, b: number) => number) {
    this.room = room;
    this.compareIds = compareIds;
    if (room === 0) this.threshold = Number.POSITIVE_INFINITY;
  }

  offer(ordinal: number, score: number): void {
    if (this.scores.length < this.room) {
      this.scores.push(score);
      this.ordinals.push(ordinal);
      this.up(this.scores.length - 1);
    } else {
      if (this.room === 0 || !this.worse(0, score, ordinal)) return;
      this.scores[0] = score;
      this.ordinals[0] = ordinal;
      this.down();
    }
    if (this.scores.length === this.room) this.threshold = this.scores[0] ?? 0;
  }

  /** The best first. */
  ranked(): Hit[] {
    return this.ordinals
      .map((ordinal, i) => ({ ordinal, score: this.scores[i] ?? 0 }))
      .sort((a, b) => b.score - a.score || this.compareIds(a.ordinal, b.ordinal));
  }

  /** Whether the entry at `index` ranks behind another paper. */
  private worse(index: number, score: number, ordinal: number): boolean {
    const own = this.scores[index] ?? 0;
    return own === score ? this.compareIds(this.ordinals[index] ?? 0, ordinal) > 0 : own < score;
  }

  private up(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      if (!this.worse(index, this.scores[parent] ?? 0, this.ordinals[parent] ?? 0)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private down(): void {
    for (let index = 0; ; ) {
      const left = index * 2 + 1;
      const right = left + 1;
      if (left >= this.scores.length) return;
      const child =
        right < this.scores.length && this.worse(right, this.scores[left] ?? 0, this.ordinals[left] ?? 0)
          ? right
          : left;
      if (!this.worse(child, this.scores[index] ?? 0, this.ordinals[index] ?? 0)) return;
      this.swap(index, child);
      index = child;
    }
  }

  private swap(a: number, b: number): void {
    const score = this.scores[a] ?? 0;
    const ordinal = this.ordinals[a] ?? 0;
    this.scores[a] = this.scores[b] ?? 0;
    this.ordinals[a] = this.ordinals[b] ?? 0;
    this.scores[b] = score;
    this.ordinals[b] = ordinal;
  }
}

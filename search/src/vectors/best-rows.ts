// The k best of many scored rows, kept in a heap whose root is the worst of them.

/** Collects the best; of equal scores the smaller ordinal is the better one. */
export class BestRows {
  readonly #capacity: number;
  readonly #scores: Float64Array;
  readonly #ordinals: Uint32Array;
  #size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#scores = new Float64Array(capacity);
    this.#ordinals = new Uint32Array(capacity);
  }

  /** A score below this one cannot get in; one equal to it may. */
  get threshold(): number {
    if (this.#capacity === 0) return Number.POSITIVE_INFINITY;
    return this.#size < this.#capacity ? Number.NEGATIVE_INFINITY : (this.#scores[0] ?? 0);
  }

  offer(ordinal: number, score: number): void {
    if (this.#capacity === 0) return;
    if (this.#size < this.#capacity) {
      this.#size += 1;
      this.#rise(this.#size - 1, ordinal, score);
    } else if (this.#isWorse(0, ordinal, score)) this.#sink(ordinal, score);
  }

  /** The ordinals, best first, and their scores. */
  ranked(): { ordinals: Uint32Array; scores: Float64Array } {
    const order = [...this.#scores.subarray(0, this.#size).keys()].sort((a, b) => {
      const byScore = (this.#scores[b] ?? 0) - (this.#scores[a] ?? 0);
      return byScore === 0 ? (this.#ordinals[a] ?? 0) - (this.#ordinals[b] ?? 0) : byScore;
    });
    return {
      ordinals: Uint32Array.from(order, (i) => this.#ordinals[i] ?? 0),
      scores: Float64Array.from(order, (i) => this.#scores[i] ?? 0),
    };
  }

  /** Whether what is at a place of the heap is worse than something else. */
  #isWorse(at: number, ordinal: number, score: number): boolean {
    const own = this.#scores[at] ?? 0;
    return own < score || (own === score && (this.#ordinals[at] ?? 0) > ordinal);
  }

  #rise(from: number, ordinal: number, score: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (this.#isWorse(parent, ordinal, score)) break;
      this.#copy(parent, at);
      at = parent;
    }
    this.#put(at, ordinal, score);
  }

  #sink(ordinal: number, score: number): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.#size) break;
      const right = left + 1;
      const worse =
        right < this.#size && this.#isWorse(right, this.#ordinals[left] ?? 0, this.#scores[left] ?? 0)
          ? right
          : left;
      if (!this.#isWorse(worse, ordinal, score)) break;
      this.#copy(worse, at);
      at = worse;
    }
    this.#put(at, ordinal, score);
  }

  #copy(from: number, to: number): void {
    this.#put(to, this.#ordinals[from] ?? 0, this.#scores[from] ?? 0);
  }

  #put(at: number, ordinal: number, score: number): void {
    this.#scores[at] = score;
    this.#ordinals[at] = ordinal;
  }
}

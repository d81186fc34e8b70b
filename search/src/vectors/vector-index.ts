// The vectors of an index by ordinal: scanned exactly in eight bits, the best read again in full precision.
import type { Bitset } from '../bitset.ts';
import { SearchError } from '../errors.ts';
import { BestRows } from './best-rows.ts';
import { dot } from './quantised.ts';
import { noOrdinal, RowTable } from './row-table.ts';
import { VectorBlocks } from './vector-blocks.ts';
import { scoreAccepted, scoreAll, scoreClosestBySign } from './vector-scan.ts';

/** Where vectors stand in full precision, by position. A `VectorStore` is one. */
export interface ExactVectors {
  /** The vector at a position, or undefined when it can no longer be read. */
  read(position: number): Float32Array | undefined;
}

export interface VectorIndexOptions {
  readonly dimensions: number;
  /** Unless given, similarities are those of the eight bits. */
  readonly exact?: ExactVectors;
  /** From so many vectors on, signs are compared first and only the closest in eight bits; 1,000,000 unless given. */
  readonly signsFrom?: number;
  /** How many of the closest by sign are compared in eight bits; 10,000 unless given, and 100 for each result at least. */
  readonly closestBySign?: number;
}

export interface VectorMatches {
  /** Best first; of equal similarities the smaller ordinal first. */
  readonly ordinals: Uint32Array;
  /** Dot products with the query: cosines, for unit vectors. */
  readonly similarities: Float32Array;
}

/** With fewer accepted than one in so many, each is scored by itself. */
const sparseFrom = 8;

/**
 * At most so many are read again in full precision, twice the results and fifty more where that is less. A page of
 * results is decided among far fewer; reading a pool of a thousand again took longer than the scan.
 */
const mostRead = 200;

/** An index of vectors in memory, for one thread. Ordinals are dense whole numbers, as a `Bitset` wants them. */
export class VectorIndex {
  readonly dimensions: number;
  readonly #blocks: VectorBlocks;
  readonly #table = new RowTable();
  readonly #exact: ExactVectors | undefined;
  readonly #signsFrom: number;
  readonly #closestBySign: number;

  constructor(options: VectorIndexOptions) {
    this.dimensions = options.dimensions;
    this.#blocks = new VectorBlocks(options.dimensions);
    this.#exact = options.exact;
    this.#signsFrom = options.signsFrom ?? 1_000_000;
    this.#closestBySign = options.closestBySign ?? 10_000;
  }

  /** How many ordinals have a vector. */
  get size(): number {
    return this.#table.size;
  }

  /** Memory of the quantised rows and their table. */
  get sizeBytes(): number {
    return this.#blocks.sizeBytes + this.#table.sizeBytes;
  }

  has(ordinal: number): boolean {
    return this.#table.rowOf(ordinal) >= 0;
  }

  /** Every ordinal with a vector, and the position of that. */
  *entries(): Generator<{ readonly ordinal: number; readonly position: number }, void, undefined> {
    for (let row = 0; row < this.#table.rowCount; row += 1) {
      const ordinal = this.#table.ordinalOf(row);
      if (this.#table.rowOf(ordinal) === row) yield { ordinal, position: this.#table.positionOf(row) };
    }
  }

  /**
   * Gives an ordinal a vector, in place of the one it had.
   *
   * @param position where the vector stands in the exact vectors; left out, its eight bits are all there is.
   * @throws SearchError `bad-input` for a vector of another length or with numbers that are not finite;
   *   `unavailable` when four gigabytes are full.
   */
  set(ordinal: number, vector: Float32Array, position = -1): void {
    this.#check(vector, 'vector');
    this.#blocks.reserve(this.#table.size + 1);
    this.#blocks.set(this.#table.take(ordinal, position), vector);
  }

  /** Forgets an ordinal's vector; one without is left alone. */
  remove(ordinal: number): void {
    const row = this.#table.free(ordinal);
    if (row >= 0) this.#blocks.clear(row);
  }

  /** An ordinal's vector, as exact as it is known, or undefined. */
  vector(ordinal: number): Float32Array | undefined {
    const row = this.#table.rowOf(ordinal);
    return row < 0 ? undefined : (this.#readExact(row) ?? this.#blocks.read(row));
  }

  /** The query's similarity to each ordinal by eight bits alone, without a look at the store; NaN for those without a vector. */
  roughSimilarity(query: Float32Array, ordinals: ArrayLike<number>): Float32Array {
    this.#check(query, 'query');
    const scale = this.#blocks.load(query);
    const similarities = new Float32Array(ordinals.length);
    for (let i = 0; i < ordinals.length; i += 1) {
      const row = this.#table.rowOf(ordinals[i] ?? noOrdinal);
      similarities[i] = row < 0 ? Number.NaN : this.#blocks.scoreOne(row) * scale;
    }
    return similarities;
  }

  /** The query's similarity to each ordinal; 0 for those without a vector. */
  similarity(query: Float32Array, ordinals: ArrayLike<number>): Float32Array {
    this.#check(query, 'query');
    return Float32Array.from(ordinals, (ordinal) => {
      const vector = this.vector(ordinal);
      return vector === undefined ? 0 : dot(query, vector);
    });
  }

  /**
   * The k ordinals whose vectors are closest to a query. Exact up to `signsFrom` vectors but for what eight bits lose
   * before the best are read again, and for the order beyond the first two hundred, which are not.
   *
   * @param options.accept only these ordinals; those beyond its size are not in it.
   * @throws SearchError `bad-input` for a query of another length or with numbers that are not finite.
   */
  search(query: Float32Array, options: { readonly k: number; readonly accept?: Bitset }): VectorMatches {
    this.#check(query, 'query');
    const { accept } = options;
    const k = Math.min(Math.max(0, Math.floor(options.k)), this.size);
    const scale = this.#blocks.load(query);
    const refined = Math.max(k, Math.min(this.size, 2 * k + 50, mostRead));
    const best = new BestRows(this.#exact === undefined ? k : refined);
    if (accept !== undefined && accept.count() * sparseFrom < this.size)
      scoreAccepted(this.#blocks, this.#table, accept, best);
    else if (this.size >= this.#signsFrom)
      scoreClosestBySign(this.#blocks, this.#table, accept, Math.max(this.#closestBySign, 100 * k), best);
    else scoreAll(this.#blocks, this.#table, accept, best);
    return this.#refine(query, scale, k, best);
  }

  /** The best k of the candidates, the first of them by their exact vectors. */
  #refine(query: Float32Array, scale: number, k: number, candidates: BestRows): VectorMatches {
    const { ordinals, scores } = candidates.ranked();
    if (this.#exact === undefined)
      return { ordinals, similarities: Float32Array.from(scores, (score) => score * scale) };
    const best = new BestRows(k);
    for (const [i, ordinal] of ordinals.entries()) {
      const exact = i < mostRead ? this.#readExact(this.#table.rowOf(ordinal)) : undefined;
      best.offer(ordinal, Math.fround(exact === undefined ? (scores[i] ?? 0) * scale : dot(query, exact)));
    }
    const ranked = best.ranked();
    return { ordinals: ranked.ordinals, similarities: Float32Array.from(ranked.scores) };
  }

  #readExact(row: number): Float32Array | undefined {
    const position = this.#table.positionOf(row);
    return position < 0 ? undefined : this.#exact?.read(position);
  }

  #check(vector: Float32Array, field: string): void {
    if (vector.length !== this.dimensions)
      throw new SearchError(
        'bad-input',
        `The ${field} has ${vector.length} dimensions, those of this index have ${this.dimensions}.`,
        { field },
      );
    for (let i = 0; i < vector.length; i += 1)
      if (!Number.isFinite(vector[i]))
        throw new SearchError('bad-input', `The ${field} has a number that is not finite.`, { field });
  }
}

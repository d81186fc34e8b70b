// One encoder, the vectors it made of the papers, and which papers still lack one.
import { join } from 'node:path';
import type { Bitset } from '../bitset.ts';
import { type Encoder, encodedText } from '../encoders/encoder.ts';
import { contentKey } from '../vectors/content-key.ts';
import { VectorIndex } from '../vectors/vector-index.ts';
import {
  openVectorIndex,
  readVectorSnapshot,
  saveVectorSnapshot,
  type VectorPlace,
} from '../vectors/vector-snapshot.ts';
import type { VectorStore } from '../vectors/vector-store.ts';
import { memoryVectorStore } from '../vectors/vector-store-memory.ts';
import type { PaperText } from './answer.ts';
import type { BulkEncoder } from './bulk-encoder.ts';
import type { Scored } from './pool.ts';
import { QueryVectors } from './query-vectors.ts';

/** A paper whose vector is wanted. */
export interface Unencoded extends PaperText {
  readonly ordinal: number;
}

export interface MeaningPlace {
  /** Where vectors are kept; undefined keeps them in memory. */
  readonly folder: string | undefined;
  /** Which numbering of papers they are kept for: another index's ordinals mean other papers. */
  readonly generation: string;
  readonly writes: boolean;
}

/** Vectors of one encoder. Spaces never mix: a query is compared only with what the same encoder made. */
export class MeaningSpace {
  readonly encoder: Encoder;
  readonly bulk: BulkEncoder;
  readonly #queries: QueryVectors;
  readonly #store: VectorStore;
  /** What papers without a vector are waiting for, by ordinal: another text is another wait. */
  readonly #missing = new Map<number, symbol>();
  /** What goes on and must end before the space is closed. */
  readonly #working = new Set<Promise<unknown>>();
  #place: MeaningPlace;
  #vectors: VectorIndex;

  private constructor(
    encoder: Encoder,
    bulk: BulkEncoder,
    place: MeaningPlace,
    store: VectorStore,
    vectors: VectorIndex,
  ) {
    this.encoder = encoder;
    this.bulk = bulk;
    this.#place = place;
    this.#queries = new QueryVectors(encoder);
    this.#store = store;
    this.#vectors = vectors;
  }

  /**
   * Opens an encoder's vectors. What is not there, not whole or of another numbering counts as missing.
   *
   * @param ordinals the papers of the index.
   */
  static async open(
    encoder: Encoder,
    bulk: BulkEncoder,
    place: MeaningPlace,
    ordinals: Iterable<number>,
  ): Promise<MeaningSpace> {
    const { store, index } = await openVectors(encoder, place);
    const space = new MeaningSpace(encoder, bulk, place, store, index);
    const live = new Set(ordinals);
    for (const { ordinal } of [...index.entries()]) if (!live.has(ordinal)) index.remove(ordinal);
    for (const ordinal of live) if (!index.has(ordinal)) space.#missing.set(ordinal, Symbol());
    return space;
  }

  get encoded(): number {
    return this.#vectors.size;
  }

  get sizeBytes(): number {
    return this.#vectors.sizeBytes;
  }

  get missingCount(): number {
    return this.#missing.size;
  }

  /** Papers without a vector, in the order in which they came to lack it. */
  missing(limit: number): number[] {
    return this.#missing.keys().take(limit).toArray();
  }

  /** The paper is new, or its text is another one now. */
  invalidate(ordinal: number): void {
    this.#vectors.remove(ordinal);
    this.#missing.set(ordinal, Symbol());
  }

  remove(ordinal: number): void {
    this.#vectors.remove(ordinal);
    this.#missing.delete(ordinal);
  }

  /** Forgets which paper has which vector, for papers are numbered anew; the vectors stay in the store. */
  clear(generation: string): void {
    this.#place = { ...this.#place, generation };
    this.#vectors = new VectorIndex({ dimensions: this.encoder.dimensions, exact: this.#store });
    this.#missing.clear();
  }

  /** From now on vectors are kept in memory alone: another process has the folder. */
  stopWriting(): void {
    this.#place = { ...this.#place, writes: false };
  }

  /** Gives papers their vectors: from the store where their text is known, otherwise by the encoder. Returns how many it made. */
  fill(papers: readonly Unencoded[]): Promise<number> {
    return this.#work(this.#fill(papers));
  }

  async #fill(papers: readonly Unencoded[]): Promise<number> {
    const wanted = papers.flatMap((paper) => {
      const wait = this.#missing.get(paper.ordinal);
      if (wait === undefined) return [];
      const text = encodedText(paper);
      return [{ ordinal: paper.ordinal, wait, text, key: contentKey(text) }];
    });
    const unknown = wanted.filter(({ key }) => this.#store.positionOf(key) < 0);
    const made = await this.#encode(unknown.map(({ text }) => text));
    const keeps = this.#place.folder === undefined || this.#place.writes;
    if (keeps)
      await this.#store.add(unknown.map(({ key }, i) => ({ key, vector: made[i] ?? new Float32Array(0) })));
    const unkept = new Map(unknown.map(({ ordinal }, i) => [ordinal, made[i]]));
    for (const { ordinal, wait, key } of wanted) {
      // Removed, changed again or numbered anew while it was being encoded: this vector is of a text that is gone.
      if (this.#missing.get(ordinal) !== wait) continue;
      const position = this.#store.positionOf(key);
      const vector = position < 0 ? unkept.get(ordinal) : this.#store.read(position);
      if (vector === undefined) continue;
      this.#missing.delete(ordinal);
      this.#vectors.set(ordinal, vector, position);
    }
    return unknown.length;
  }

  async #encode(texts: readonly string[]): Promise<Float32Array[]> {
    if (texts.length === 0) return [];
    const { dimensions } = this.encoder;
    const vectors = await this.bulk.encode(texts);
    return texts.map((_, i) => vectors.subarray(i * dimensions, (i + 1) * dimensions));
  }

  queryVector(text: string): Promise<Float32Array> {
    return this.#work(this.#queries.of(text));
  }

  /** The papers closest to a unit vector, best first. */
  search(query: Float32Array, k: number, accept: Bitset | undefined): Scored {
    const { ordinals, similarities } = this.#vectors.search(
      query,
      accept === undefined ? { k } : { k, accept },
    );
    return { ordinals, scores: similarities };
  }

  /** Cosine similarities as the quantised vectors tell them; NaN where a paper has none. */
  similarities(query: Float32Array, ordinals: Uint32Array): Float32Array {
    return this.#vectors.roughSimilarity(query, ordinals);
  }

  vector(ordinal: number): Float32Array | undefined {
    return this.#vectors.vector(ordinal);
  }

  /** Writes which paper has which vector, so that the next start need not read the papers' texts. */
  save(): Promise<void> {
    return this.#work(this.#save());
  }

  async #save(): Promise<void> {
    const { folder, generation, writes } = this.#place;
    if (folder === undefined || !writes) return;
    await this.#store.flush();
    await saveVectorSnapshot(this.#vectors, placesFile(folder, this.encoder), this.encoder, generation);
  }

  async #work<T>(work: Promise<T>): Promise<T> {
    this.#working.add(work);
    try {
      return await work;
    } finally {
      this.#working.delete(work);
    }
  }

  /** Waits for what is being encoded or saved. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#working);
    await this.bulk.close();
    await this.#store.close();
    await this.encoder.close();
  }
}

async function openVectors(
  encoder: Encoder,
  { folder, generation, writes }: MeaningPlace,
): Promise<{ readonly store: VectorStore; readonly index: VectorIndex }> {
  const inMemory = () => {
    const store = memoryVectorStore(encoder.dimensions);
    return { store, index: new VectorIndex({ dimensions: encoder.dimensions, exact: store }) };
  };
  if (folder === undefined) return inMemory();
  const places: readonly VectorPlace[] = await readVectorSnapshot(
    placesFile(folder, encoder),
    encoder,
    generation,
  ).catch(() => []);
  // A reader without anything to read asks by words alone.
  if (!writes) return openVectorIndex(folder, encoder, places, { readOnly: true }).catch(inMemory);
  return openVectorIndex(folder, encoder, places);
}

function placesFile(folder: string, { name, fingerprint }: Encoder): string {
  return join(folder, `${name}-${fingerprint}.places`);
}

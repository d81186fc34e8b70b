// The vectors of the last queries: a reader who turns a page or a facet asks for the same one again.
import type { Encoder } from '../encoders/encoder.ts';

const kept = 256;

/** Encodes queries, and remembers the last ones of one encoder. */
export class QueryVectors {
  readonly #encoder: Encoder;
  readonly #vectors = new Map<string, Float32Array>();

  constructor(encoder: Encoder) {
    this.#encoder = encoder;
  }

  /** The unit vector of a query. */
  async of(text: string): Promise<Float32Array> {
    const held = this.#vectors.get(text);
    this.#vectors.delete(text);
    const vector = held ?? (await this.#encoder.encode([text]));
    // A map keeps the order of insertion: what is used again goes to its end, what was not is dropped first.
    this.#vectors.set(text, vector);
    const oldest = this.#vectors.keys().next();
    if (this.#vectors.size > kept && oldest.done === false) this.#vectors.delete(oldest.value);
    return vector;
  }
}

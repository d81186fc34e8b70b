// Bulk encoding that can be stopped at any moment and goes on where it was: what the store has is not encoded again.
import { contentKey } from '../vectors/content-key.ts';
import type { VectorStore } from '../vectors/vector-store.ts';
import type { Encoder } from './encoder.ts';

export interface DocumentToEncode {
  readonly ordinal: number;
  /** See `encodedText`. */
  readonly text: string;
}

export interface EncodingProgress {
  /** Documents done, in all. */
  readonly done: number;
  /** How many of them had to be encoded; the others had a vector. */
  readonly encoded: number;
}

export interface EncodeMissingOptions {
  /** Told of every document's vector, in no particular order: the index is filled here. */
  readonly onVector?: (ordinal: number, vector: Float32Array, position: number) => void;
  /** Told after every batch. */
  readonly onProgress?: (progress: EncodingProgress) => void;
  /** Stops between two batches; what is done is kept. */
  readonly signal?: AbortSignal;
  /** Texts encoded at once; 64 unless given. */
  readonly batchSize?: number;
}

/** Batches among which texts are sorted by length, so that those of a batch are alike. */
const batchesInWindow = 16;

/**
 * Sees to it that the store has a vector for every document.
 *
 * @returns the progress at the end.
 * @throws the signal's reason when it is aborted; SearchError as the encoder and the store do.
 */
export async function encodeMissing(
  encoder: Encoder,
  store: VectorStore,
  documents: AsyncIterable<DocumentToEncode> | Iterable<DocumentToEncode>,
  options: EncodeMissingOptions = {},
): Promise<EncodingProgress> {
  const batchSize = options.batchSize ?? 64;
  let done = 0;
  let encoded = 0;

  const encodeBatch = async (batch: readonly DocumentToEncode[]): Promise<void> => {
    options.signal?.throwIfAborted();
    const rows = await encoder.encode(batch.map(({ text }) => text));
    const entries = batch.map(({ text }, i) => ({
      key: contentKey(text),
      vector: rows.subarray(i * encoder.dimensions, (i + 1) * encoder.dimensions),
    }));
    const positions = await store.add(entries);
    for (const [i, { ordinal }] of batch.entries()) {
      const vector = entries[i]?.vector;
      const position = positions[i];
      if (vector !== undefined && position !== undefined) options.onVector?.(ordinal, vector, position);
    }
    done += batch.length;
    encoded += batch.length;
    options.onProgress?.({ done, encoded });
  };

  const encodeWindow = async (window: DocumentToEncode[]): Promise<void> => {
    window.sort((a, b) => b.text.length - a.text.length);
    for (let begin = 0; begin < window.length; begin += batchSize)
      await encodeBatch(window.slice(begin, begin + batchSize));
  };

  try {
    let window: DocumentToEncode[] = [];
    for await (const document of documents) {
      options.signal?.throwIfAborted();
      const position = store.positionOf(contentKey(document.text));
      const known = position < 0 ? undefined : store.read(position);
      if (known === undefined) window.push(document);
      else {
        done += 1;
        options.onVector?.(document.ordinal, known, position);
        if (done % 1000 === 0) options.onProgress?.({ done, encoded });
      }
      if (window.length < batchSize * batchesInWindow) continue;
      await encodeWindow(window);
      window = [];
    }
    await encodeWindow(window);
  } finally {
    await store.flush();
  }
  options.onProgress?.({ done, encoded });
  return { done, encoded };
}

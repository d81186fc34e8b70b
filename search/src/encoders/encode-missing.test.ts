import { describe, expect, it } from 'vitest';
import { contentKey } from '../vectors/content-key.ts';
import { memoryVectorStore } from '../vectors/vector-store-memory.ts';
import { encodeMissing } from './encode-missing.ts';
import type { Encoder } from './encoder.ts';

/** Says the length of a text, and remembers what it was asked. */
function countingEncoder(): Encoder & { readonly batches: string[][] } {
  const batches: string[][] = [];
  return {
    name: 'count',
    fingerprint: 'count',
    dimensions: 2,
    batches,
    async encode(texts) {
      batches.push([...texts]);
      return Float32Array.from(texts.flatMap((text) => [text.length, 1]));
    },
    async close() {},
  };
}

const documents = (count: number) =>
  Array.from({ length: count }, (_, ordinal) => ({
    ordinal,
    text: `${'word '.repeat(ordinal % 7)}${ordinal}`,
  }));

describe('encodeMissing', () => {
  it('gives every document its own vector', async () => {
    const store = memoryVectorStore(2);
    const seen = new Map<number, number | undefined>();
    const given = documents(100);
    const result = await encodeMissing(countingEncoder(), store, given, {
      batchSize: 8,
      onVector: (ordinal, vector, position) => {
        expect(store.read(position)).toEqual(vector);
        seen.set(ordinal, vector[0]);
      },
    });
    expect(result).toEqual({ done: 100, encoded: 100 });
    expect(seen).toEqual(new Map(given.map(({ ordinal, text }) => [ordinal, text.length])));
  });

  it('puts texts of like length together', async () => {
    const encoder = countingEncoder();
    await encodeMissing(encoder, memoryVectorStore(2), documents(64), { batchSize: 8 });
    const lengths = encoder.batches.flat().map((text) => text.length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  });

  it('encodes nothing twice, however often it is called, and tells of what there was', async () => {
    const store = memoryVectorStore(2);
    await encodeMissing(countingEncoder(), store, documents(20));
    const encoder = countingEncoder();
    const ordinals: number[] = [];
    const result = await encodeMissing(encoder, store, documents(30), {
      onVector: (ordinal) => ordinals.push(ordinal),
    });
    expect(result).toEqual({ done: 30, encoded: 10 });
    expect(encoder.batches.flat()).toHaveLength(10);
    expect(ordinals.toSorted((a, b) => a - b)).toEqual([...Array(30).keys()]);
  });

  it('stops between two batches when told to, keeps what is done, and goes on there', async () => {
    const store = memoryVectorStore(2);
    const stop = new AbortController();
    const reason = new Error('enough');
    const stopped = encodeMissing(countingEncoder(), store, documents(50), {
      batchSize: 5,
      signal: stop.signal,
      onProgress: ({ encoded }) => {
        if (encoded === 15) stop.abort(reason);
      },
    });
    await expect(stopped).rejects.toBe(reason);
    expect(store.size).toBe(15);
    expect(await encodeMissing(countingEncoder(), store, documents(50))).toEqual({ done: 50, encoded: 35 });
  });

  it('reads documents that arrive one by one, and the same text of two papers', async () => {
    async function* arriving() {
      yield { ordinal: 3, text: 'same' };
      yield { ordinal: 8, text: 'same' };
    }
    const store = memoryVectorStore(2);
    const ordinals: number[] = [];
    await encodeMissing(countingEncoder(), store, arriving(), {
      onVector: (ordinal) => ordinals.push(ordinal),
    });
    expect(ordinals).toEqual([3, 8]);
    expect(store.size).toBe(1);
    expect(store.positionOf(contentKey('same'))).toBe(0);
  });

  it('lets the encoder’s failure through and keeps what came before it', async () => {
    const store = memoryVectorStore(2);
    const encoder = countingEncoder();
    const failing: Encoder = {
      ...encoder,
      encode: (texts) =>
        encoder.batches.length === 2 ? Promise.reject(new Error('broken')) : encoder.encode(texts),
    };
    await expect(encodeMissing(failing, store, documents(50), { batchSize: 5 })).rejects.toThrow('broken');
    expect(store.size).toBe(10);
  });
});

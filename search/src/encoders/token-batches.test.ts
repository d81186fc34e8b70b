import fc from 'fast-check';
import { expect, it } from 'vitest';
import { batchByLength } from './token-batches.ts';

const texts = fc.array(fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 40 }), {
  maxLength: 60,
});

it('holds every text once, whole, and marks the padding', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 200 }), (given, maxTokens) => {
      const seen: number[] = [];
      for (const batch of batchByLength(
        given.map((text) => Int32Array.from(text)),
        maxTokens,
      )) {
        expect(batch.texts.length === 1 || batch.ids.length <= maxTokens).toBe(true);
        for (const [row, text] of batch.texts.entries()) {
          seen.push(text);
          const ids = batch.ids.subarray(row * batch.width, (row + 1) * batch.width);
          const mask = batch.mask.subarray(row * batch.width, (row + 1) * batch.width);
          expect([...ids].filter((_, i) => mask[i] === 1)).toEqual(given[text]);
          expect([...ids].slice(given[text]?.length)).toEqual(
            ids.length > (given[text]?.length ?? 0)
              ? Array(ids.length - (given[text]?.length ?? 0)).fill(0)
              : [],
          );
        }
      }
      expect(seen.sort((a, b) => a - b)).toEqual([...given.keys()]);
    }),
  );
});

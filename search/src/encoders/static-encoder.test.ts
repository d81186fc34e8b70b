import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadStaticEncoder, saveStaticEncoder, staticEncoderFrom, staticLongest } from './static-encoder.ts';
import type { StaticParts } from './static-parts.ts';

const pieces = ['[UNK]', '[CLS]', '[SEP]', 'heads', 'of', 'atten', '##tion', '##s', ',', 'loss'];
const words = ['attention', 'losses'];
const partsOf = (dimensions: number, values?: readonly number[]): StaticParts => {
  const rows = pieces.length + words.length;
  return {
    name: 'student',
    vocabulary: { pieces, unknown: 0, first: 1, last: 2 },
    words,
    dimensions,
    vectors: Float32Array.from({ length: rows * dimensions }, (_, i) => values?.[i] ?? Math.sin(i * i)),
    weights: Float32Array.from({ length: rows }, (_, i) => 1 + i / 8),
  };
};

/** The same by definition: rows by hand, a weighted sum, length 1. */
function plainEncode({ vectors, weights, dimensions }: StaticParts, rows: readonly number[]): number[] {
  const sum = Array.from({ length: dimensions }, (_, d) =>
    rows.reduce((total, row) => total + (vectors[row * dimensions + d] ?? 0) * (weights[row] ?? 0), 0),
  );
  const length = Math.hypot(...sum);
  return sum.map((value) => (length === 0 ? 1 / Math.sqrt(dimensions) : value / length));
}

describe('a static encoder', () => {
  it('reads a text as its pieces and the whole words it knows', () => {
    const encoder = staticEncoderFrom(partsOf(4));
    expect([...encoder.tokenise('Attention heads, of Attention')]).toEqual([5, 6, 10, 3, 8, 4, 5, 6, 10]);
    expect([...encoder.tokenise('losses')]).toEqual([0, 11]);
    expect([...encoder.tokenise('')]).toEqual([]);
  });

  it('sums the weighted vectors of a text and scales the sum to length 1', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 150 }),
        fc.array(fc.constantFrom('heads', 'of', 'attention', 'loss', 'losses', ',', '?'), { maxLength: 40 }),
        async (dimensions, spoken) => {
          const parts = partsOf(dimensions);
          const encoder = staticEncoderFrom(parts);
          const rowsOf: Record<string, number[]> = {
            heads: [3],
            of: [4],
            attention: [5, 6, 10],
            loss: [9],
            losses: [0, 11],
            ',': [8],
            '?': [0],
          };
          const expected = plainEncode(
            parts,
            spoken.flatMap((word) => rowsOf[word] ?? []),
          );
          const vectors = await encoder.encode([spoken.join(' '), 'heads']);
          for (const [d, value] of expected.entries()) expect(vectors[d]).toBeCloseTo(value, 4);
        },
      ),
    );
  });

  it('gives a vector of length 1 to every text, also where everything cancels out', async () => {
    const zeros = staticEncoderFrom(partsOf(3, Array(36).fill(0)));
    const texts = ['', 'heads', '\u0000', '?'.repeat(100_000)];
    for (const encoder of [zeros, staticEncoderFrom(partsOf(3))]) {
      const vectors = await encoder.encode(texts);
      for (let i = 0; i < texts.length; i += 1)
        expect(Math.hypot(...vectors.subarray(i * 3, i * 3 + 3))).toBeCloseTo(1, 5);
    }
    expect(zeros.tokenise('of '.repeat(10_000))).toHaveLength(staticLongest);
  });

  it('has another fingerprint as soon as one number is another', () => {
    const parts = partsOf(3);
    const changed = { ...parts, weights: parts.weights.with(2, 9) };
    expect(staticEncoderFrom(partsOf(3)).fingerprint).toBe(staticEncoderFrom(parts).fingerprint);
    expect(staticEncoderFrom(changed).fingerprint).not.toBe(staticEncoderFrom(parts).fingerprint);
  });

  it.each([
    ['vectors', { vectors: new Float32Array(5) }],
    ['weights', { weights: new Float32Array(5) }],
    ['vectors', { vectors: partsOf(3).vectors.with(4, Number.NaN) }],
    ['dimensions', { dimensions: 0 }],
  ])('refuses %s that do not fit', (field, change) => {
    expect(() => staticEncoderFrom({ ...partsOf(3), ...change })).toThrow(
      expect.objectContaining({ code: 'bad-input', field }),
    );
  });
});

describe('its file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'offprint-static-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('brings back the same encoder', async () => {
    const encoder = staticEncoderFrom(partsOf(5));
    const file = join(folder, 'student');
    await saveStaticEncoder(encoder, file);
    const loaded = await loadStaticEncoder(file);
    expect(loaded.fingerprint).toBe(encoder.fingerprint);
    expect(loaded.name).toBe('student');
    expect(loaded.parts).toEqual(encoder.parts);
    expect(await loaded.encode(['heads of attention'])).toEqual(await encoder.encode(['heads of attention']));
  });

  it('is refused with one wrong bit, cut anywhere, or missing', async () => {
    const file = join(folder, 'student');
    await saveStaticEncoder(staticEncoderFrom(partsOf(2)), file);
    const whole = readFileSync(file);
    const damaged = { code: 'damaged-file' };
    for (let byte = 0; byte < whole.length; byte += 11) {
      const wrong = Buffer.from(whole);
      wrong.writeUInt8(wrong.readUInt8(byte) ^ 4, byte);
      writeFileSync(file, wrong);
      await expect(loadStaticEncoder(file)).rejects.toMatchObject(damaged);
      writeFileSync(file, whole.subarray(0, byte));
      await expect(loadStaticEncoder(file)).rejects.toMatchObject(damaged);
    }
    await expect(loadStaticEncoder(join(folder, 'none'))).rejects.toMatchObject({ code: 'unavailable' });
  });
});

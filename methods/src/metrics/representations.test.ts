import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { debiasedCka, kernelCka, linearCka, minibatchCka, rbfCka } from './cka.ts';
import type { Features } from './features.ts';
import { knnAccuracy, neighbourAgreement } from './nearest-neighbour.ts';

const features = (rows: readonly (readonly number[])[]): Features => ({
  values: rows.flat(),
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
});
const x = features([
  [1, 2],
  [3, 4],
  [5, 7],
  [0, 1],
]);
const y = features([
  [2, 0, 1],
  [1, 1, 0],
  [0, 3, 1],
  [2, 1, 2],
]);

function drawn(rows: number, columns: number, seed: number): Features {
  const random = pcg32(seed);
  const values = Float64Array.from({ length: rows * columns }, () => random.nextUnit() - 0.5);
  return { values, rows, columns };
}

/** Each row turned by an angle in its first two columns, scaled and shifted. */
function moved({ values, rows, columns }: Features, angle: number, scale: number, shift: number): Features {
  const turned = Float64Array.from(values);
  for (let i = 0; i < rows; i++) {
    const [a, b] = [values[i * columns] ?? 0, values[i * columns + 1] ?? 0];
    turned[i * columns] = Math.cos(angle) * a - Math.sin(angle) * b;
    turned[i * columns + 1] = Math.sin(angle) * a + Math.cos(angle) * b;
  }
  return { values: turned.map((v) => scale * v + shift), rows, columns };
}

describe('centred kernel alignment', () => {
  it('has the golden values, computed in NumPy from the definitions', () => {
    expect(linearCka(x, y)).toBeCloseTo(0.856792637, 8);
    expect(rbfCka(x, y)).toBeCloseTo(0.943763312, 8);
    const six = features([
      [1, 2],
      [3, 4],
      [5, 7],
      [0, 1],
      [2, -1],
      [4, 4],
    ]);
    const other = features([
      [2, 0, 1],
      [1, 1, 0],
      [0, 3, 1],
      [2, 1, 2],
      [1, 0, 3],
      [0, 1, 1],
    ]);
    expect(debiasedCka(six, other)).toBeCloseTo(0.8452498279793851, 10);
  });

  it('is the same from features as from Gram matrices', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 12 }), fc.nat(1000), (rows, seed) => {
        const a = drawn(rows, 4, seed);
        const b = drawn(rows, 3, seed + 1);
        expect(kernelCka(a, b, 'linear')).toBeCloseTo(linearCka(a, b), 9);
      }),
      { numRuns: 50 },
    );
  });

  it('is blind to rotation, scale, shift and the common order of rows, not to stretching one direction', () => {
    const a = drawn(20, 5, 1);
    const b = drawn(20, 3, 2);
    const turned = moved(a, 0.7, 3, 11);
    const reversed = ({ values, rows, columns }: Features): Features => ({
      values: Array.from({ length: rows * columns }, (_, i) => {
        const row = rows - 1 - Math.floor(i / columns);
        return values[row * columns + (i % columns)] ?? 0;
      }),
      rows,
      columns,
    });
    for (const measure of [linearCka, rbfCka, debiasedCka]) {
      expect(measure(a, a)).toBeCloseTo(1, 9);
      expect(measure(turned, b)).toBeCloseTo(measure(a, b), 9);
      expect(measure(b, a)).toBeCloseTo(measure(a, b), 9);
      expect(measure(reversed(a), reversed(b))).toBeCloseTo(measure(a, b), 9);
      const stretched = {
        ...a,
        values: Array.from(a.values, (v, i) => (i % a.columns === 0 ? 5 * v : v)),
      };
      expect(Math.abs(measure(stretched, a) - 1)).toBeGreaterThan(0.01);
    }
  });

  it('of unrelated features with few rows is far above 0 unless its bias is taken off', () => {
    const pairs = Array.from(
      { length: 20 },
      (_, i) => [drawn(30, 20, 2 * i), drawn(30, 20, 2 * i + 1)] as const,
    );
    const meanOf = (measure: (a: Features, b: Features) => number) =>
      pairs.reduce((sum, [a, b]) => sum + measure(a, b), 0) / pairs.length;
    expect(meanOf(linearCka)).toBeGreaterThan(0.3);
    expect(Math.abs(meanOf(debiasedCka))).toBeLessThan(0.05);
  });

  it('in batches is the mean of the batches, without the part left over', () => {
    const a = drawn(11, 3, 5);
    const b = drawn(11, 2, 6);
    const rows = (f: Features, from: number, to: number): Features => ({
      values: Array.from(f.values).slice(from * f.columns, to * f.columns),
      rows: to - from,
      columns: f.columns,
    });
    const expected =
      (linearCka(rows(a, 0, 5), rows(b, 0, 5)) + linearCka(rows(a, 5, 10), rows(b, 5, 10))) / 2;
    expect(minibatchCka(a, b, 5)).toBeCloseTo(expected, 12);
    expect(minibatchCka(a, b, 11, rbfCka)).toBeCloseTo(rbfCka(a, b), 12);
  });

  it('refuses what cannot be compared', () => {
    expect(() => linearCka(x, drawn(5, 2, 1))).toThrow(RangeError);
    expect(() => linearCka({ ...x, columns: 3 }, y)).toThrow(RangeError);
    expect(() => linearCka(features([[1], [1]]), features([[1], [2]]))).toThrow(RangeError);
    expect(() => rbfCka(features([[1], [1]]), features([[1], [2]]))).toThrow(RangeError);
    expect(() => linearCka(features([[1], [Number.NaN]]), features([[1], [2]]))).toThrow(RangeError);
    expect(() => debiasedCka(drawn(3, 2, 1), drawn(3, 2, 2))).toThrow(RangeError);
    expect(() => minibatchCka(x, y, 1)).toThrow(RangeError);
  });
});

describe('nearest neighbours', () => {
  const reference = features([
    [1, 0],
    [0.9, 0.1],
    [0, 1],
    [0.1, 0.9],
    [-1, 0],
  ]);

  it('vote by cosine, length aside', () => {
    const judged = features([
      [100, 1],
      [0.001, 0.02],
      [-3, 0.1],
    ]);
    expect(knnAccuracy(reference, [0, 0, 1, 1, 2], judged, [0, 1, 2], { k: 1 })).toBe(1);
    expect(knnAccuracy(reference, [0, 0, 1, 1, 2], judged, [0, 1, 1], { k: 3 })).toBe(1);
    expect(knnAccuracy(reference, [0, 0, 1, 1, 2], judged, [1, 1, 1], { k: 1 })).toBeCloseTo(1 / 3, 12);
  });

  it('leave a draw to the nearest voter', () => {
    const judged = features([[1, 0.05]]);
    expect(knnAccuracy(reference, [7, 7, 8, 8, 9], judged, [7], { k: 4 })).toBe(1);
    expect(knnAccuracy(reference, [9, 7, 7, 9, 9], judged, [9], { k: 4 })).toBe(1);
  });

  it('are shared by a space with itself turned, and hardly with another', () => {
    const a = drawn(100, 6, 1);
    expect(neighbourAgreement(a, a, 5)).toBe(1);
    expect(neighbourAgreement(a, moved(a, 1.2, 4, 0), 5)).toBeCloseTo(1, 12);
    expect(neighbourAgreement(a, drawn(100, 6, 2), 5)).toBeLessThan(0.15);
    expect(neighbourAgreement(a, drawn(100, 6, 2), 99)).toBe(1);
  });

  it('refuse shapes and numbers of neighbours that cannot be', () => {
    expect(() => knnAccuracy(reference, [0, 0, 1, 1], reference, [0, 0, 1, 1, 2])).toThrow(RangeError);
    expect(() => knnAccuracy(reference, [0, 0, 1, 1, 2], x, [0, 0, 1, 1], { k: 6 })).toThrow(RangeError);
    expect(() => knnAccuracy(reference, [0, 0, 1, 1, 2], y, [0, 0, 1, 1])).toThrow(RangeError);
    expect(() => neighbourAgreement(x, y, 4)).toThrow(RangeError);
  });
});

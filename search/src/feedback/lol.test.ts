// Learned feedback as a formula, and its file.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LolParameters, lolQuery } from './lol.ts';
import { readLol, writeLol } from './lol-file.ts';
import { vectorRocchio } from './vector-rocchio.ts';

const dimensions = 6;
const depth = 3;

/** Numbers that follow from a seed; the same ones everywhere a test needs "some" parameters. */
function numbers(length: number, seed: number, scale = 1): Float32Array {
  return Float32Array.from({ length }, (_, i) => scale * Math.sin(12.9 * (i + 1) + 7.7 * seed));
}

function unit(seed: number): Float32Array {
  const vector = numbers(dimensions, seed);
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

function parameters(scale: number, gateBias = 0): LolParameters {
  const [rank, hidden] = [2, 4];
  return {
    dimensions,
    rank,
    hidden,
    depth,
    documentOut: numbers(dimensions * rank, 1, scale),
    documentIn: numbers(dimensions * rank, 2),
    queryOut: numbers(dimensions * rank, 3, scale),
    queryIn: numbers(dimensions * rank, 4),
    gateProduct: numbers(dimensions * hidden, 5),
    gatePlace: numbers(2 * hidden, 6),
    gateBias: numbers(hidden, 7),
    gateOut: numbers(hidden, 8, scale),
    gateOutBias: Float32Array.of(gateBias),
  };
}

describe('the learned query', () => {
  it('is Rocchio’s where the maps are empty and all gates alike', () => {
    const gate = 0.2;
    const fixed = parameters(0, Math.log(gate / (1 - gate)));
    for (let k = 1; k <= depth; k++) {
      const documents = Array.from({ length: k }, (_, i) => unit(i + 20));
      const learned = lolQuery(fixed, unit(9), documents);
      const plain = vectorRocchio(unit(9), documents, { depth, alpha: 1, beta: k * gate });
      for (const [d, value] of plain.entries()) expect(learned[d]).toBeCloseTo(value, 5);
    }
  });

  it('is the question itself without feedback, where the query’s own map is empty', () => {
    const moved = lolQuery(parameters(0), unit(9), []);
    for (const [d, value] of unit(9).entries()) expect(moved[d]).toBeCloseTo(value, 6);
  });

  it('has length 1 and does not look at documents past the trained depth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 6 }), (seed, count) => {
        const documents = Array.from({ length: count }, (_, i) => unit(seed + i + 30));
        const moved = lolQuery(parameters(0.5), unit(seed), documents);
        expect(Math.hypot(...moved)).toBeCloseTo(1, 5);
        expect(moved).toEqual(lolQuery(parameters(0.5), unit(seed), documents.slice(0, depth)));
      }),
    );
  });

  it('weighs documents by what they are, not all alike', () => {
    const moved = (document: Float32Array): number => {
      const after = lolQuery(parameters(1), unit(9), [document]);
      return after.reduce((sum, value, d) => sum + value * (document[d] ?? 0), 0);
    };
    expect(moved(unit(40))).not.toBeCloseTo(moved(unit(41)), 3);
  });
});

describe('the file of a learned query', () => {
  const file = writeLol(parameters(1), 'encoder-1');

  it('gives back what was written', () => {
    expect(readLol(file, 'encoder-1')).toEqual(parameters(1));
  });

  it('is refused for another encoder', () => {
    expect(() => readLol(file, 'encoder-2')).toThrow(expect.objectContaining({ code: 'foreign-file' }));
  });

  it('is refused when any byte of it is changed, cut off or added', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: file.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, flip) => {
          const changed = Uint8Array.from(file);
          changed[at] = (changed[at] ?? 0) ^ flip;
          const refused = expect.objectContaining({ code: 'damaged-file' });
          expect(() => readLol(changed, 'encoder-1')).toThrow(refused);
          expect(() => readLol(file.subarray(0, at), 'encoder-1')).toThrow(refused);
        },
      ),
    );
    const longer = Uint8Array.from([...file, 0]);
    expect(() => readLol(longer, 'encoder-1')).toThrow(expect.objectContaining({ code: 'damaged-file' }));
  });

  it('is not written of numbers that do not fit each other or are not finite', () => {
    const short = { ...parameters(1), gateOut: new Float32Array(1) };
    expect(() => writeLol(short, 'e')).toThrow(
      expect.objectContaining({ code: 'bad-input', field: 'gateOut' }),
    );
    const broken = { ...parameters(1), gateOutBias: Float32Array.of(Number.NaN) };
    expect(() => writeLol(broken, 'e')).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

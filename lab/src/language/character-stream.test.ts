import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterStream, cutText, spreadStarts, windowsAt, windowsIn } from './character-stream.ts';

describe('a text as numbers', () => {
  it('reads back as it was, whatever its characters', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { vocabulary, tokens } = characterStream(text);
        expect([...tokens].map((token) => vocabulary[token]).join('')).toBe(text);
        expect(new Set(vocabulary).size).toBe(vocabulary.length);
      }),
    ));

  it('has its vocabulary in the order of code points', () =>
    expect(characterStream('b𝄞a b').vocabulary).toEqual([' ', 'a', 'b', '𝄞']));
});

describe('windows', () => {
  const tokens = Int32Array.from({ length: 20 }, (_, i) => i);

  it('know what follows every place', () => {
    const { inputs, labels } = windowsAt(tokens, [0, 15], 4);
    expect([...inputs]).toEqual([0, 1, 2, 3, 15, 16, 17, 18]);
    expect([...labels]).toEqual([1, 2, 3, 4, 16, 17, 18, 19]);
  });

  it('lie within their text', () => {
    expect(() => windowsAt(tokens, [16], 4)).toThrow(RangeError);
    expect(() => windowsAt(tokens, [-1], 4)).toThrow(RangeError);
  });

  it('are spread over a span without sharing an input or leaving it', () => {
    const spans = fc.record({
      from: fc.nat(50),
      size: fc.integer({ min: 10, max: 300 }),
      length: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(spans, fc.double({ min: 0, max: 1, noNaN: true }), ({ from, size, length }, share) => {
        const span = { from, to: from + size };
        const count = Math.floor(share * windowsIn(span, length));
        const starts = [...spreadStarts(span, count, length)];
        for (const [i, start] of starts.entries()) {
          expect(start >= from && start + length < span.to).toBe(true);
          if (i > 0) expect(start - (starts[i - 1] ?? 0)).toBeGreaterThanOrEqual(length);
        }
      }),
    );
    expect(() => spreadStarts({ from: 0, to: 21 }, 6, 4)).toThrow('Only 5');
  });

  it('of a text that is cut fall into parts that touch and cover it', () =>
    expect(cutText(11, [0.5, 0.9])).toEqual([
      { from: 0, to: 5 },
      { from: 5, to: 9 },
      { from: 9, to: 11 },
    ]));
});

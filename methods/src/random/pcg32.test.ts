import { describe, expect, it } from 'vitest';
import { pcg32 } from './pcg32.ts';

describe('PCG32', () => {
  it("gives the numbers of the author's demonstration: seed 42, stream 54", () => {
    const random = pcg32(42, 54);
    const drawn = Array.from({ length: 6 }, () => random.nextUint32());
    expect(drawn).toEqual([0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e]);
  });

  it('throws the coins and rolls the dice of that demonstration', () => {
    const random = pcg32(42, 54);
    for (let i = 0; i < 6; i++) random.nextUint32();
    const coins = Array.from({ length: 65 }, () => (random.nextBelow(2) === 1 ? 'H' : 'T')).join('');
    expect(coins).toBe('HHTTTHTHHHTHTTTHHHHHTTTHHHTHTHTHTTHTTTHHHHHHTTTTHHTTTTTHTTTTTTTHT');
    const rolls = Array.from({ length: 33 }, () => random.nextBelow(6) + 1).join(' ');
    expect(rolls).toBe('3 4 1 1 2 2 3 2 4 3 2 4 3 3 5 2 3 1 3 1 5 1 4 1 5 6 4 6 6 2 6 3 3');
  });

  it('agrees with the recurrence in exact arithmetic for large seeds and streams', () => {
    const mask = (1n << 64n) - 1n;
    const reference = (seed: bigint, stream: bigint) => {
      const increment = ((stream << 1n) | 1n) & mask;
      const advance = (state: bigint) => (state * 6364136223846793005n + increment) & mask;
      let state = advance((advance(0n) + seed) & mask);
      return () => {
        const old = state;
        state = advance(old);
        const shifted = (((old >> 18n) ^ old) >> 27n) & 0xffffffffn;
        const rotation = old >> 59n;
        return Number(((shifted >> rotation) | (shifted << (-rotation & 31n))) & 0xffffffffn);
      };
    };
    for (const [seed, stream] of [
      [Number.MAX_SAFE_INTEGER, 2 ** 32 - 1],
      [0, 0],
      [2 ** 40 + 12345, 2 ** 31],
    ] as const) {
      const random = pcg32(seed, stream);
      const expected = reference(BigInt(seed), BigInt(stream));
      for (let i = 0; i < 1000; i++) expect(random.nextUint32()).toBe(expected());
    }
  });

  it('draws units in [0, 1) around one half', () => {
    const random = pcg32(7);
    let sum = 0;
    for (let i = 0; i < 10_000; i++) {
      const unit = random.nextUnit();
      expect(unit >= 0 && unit < 1).toBe(true);
      sum += unit;
    }
    expect(sum / 10_000).toBeCloseTo(0.5, 1);
  });

  it('refuses seeds, streams and bounds that are no such integers', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 60]) expect(() => pcg32(seed)).toThrow(RangeError);
    expect(() => pcg32(1, 2 ** 32)).toThrow(RangeError);
    for (const bound of [0, -3, 1.5, 2 ** 33]) expect(() => pcg32(1).nextBelow(bound)).toThrow(RangeError);
  });
});

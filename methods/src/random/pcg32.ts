// The seeded generator that every sampled result of this house is made with, so that it can be made again.

/** A source of random numbers that a seed determines. */
export interface Random {
  /** The next 32 bits, as an integer in [0, 2³²). */
  nextUint32(): number;
  /** A number in [0, 1) with 53 random bits. */
  nextUnit(): number;
  /** An integer in [0, bound) without modulo bias; `bound` is in [1, 2³²]. */
  nextBelow(bound: number): number;
}

const two32 = 2 ** 32;
const multiplierHigh = 0x5851f42d;
const multiplierLow = 0x4c957f2d;

/** The high 32 bits of the 64-bit product of two unsigned 32-bit integers, by 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const middleLow = (middle & 0xffff) + aLow * bHigh;
  return (aHigh * bHigh + (middle >>> 16) + (middleLow >>> 16)) >>> 0;
}

/**
 * PCG-XSH-RR 64/32: 64 bits of state, a period of 2⁶⁴ for each of 2³¹ streams.
 * @param seed a safe integer ≥ 0
 * @param stream another sequence for the same seed; an unsigned 32-bit integer
 * @throws RangeError when the seed or the stream is not such an integer
 * @see O'Neill 2014, https://www.pcg-random.org (`pcg32_srandom_r`, `pcg32_random_r`, `pcg32_boundedrand_r`)
 */
export function pcg32(seed: number, stream = 54): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError('A seed is an integer from 0 up.');
  if (!Number.isInteger(stream) || stream < 0 || stream >= two32) {
    throw new RangeError('A stream is an integer of 32 bits.');
  }
  const incrementHigh = stream >>> 31;
  const incrementLow = ((stream << 1) | 1) >>> 0;
  let high = 0;
  let low = 0;

  const step = (): void => {
    const productLow = Math.imul(low, multiplierLow) >>> 0;
    const productHigh =
      (multiplyHigh(low, multiplierLow) + Math.imul(low, multiplierHigh) + Math.imul(high, multiplierLow)) |
      0;
    const sumLow = productLow + incrementLow;
    low = sumLow >>> 0;
    high = (productHigh + incrementHigh + (sumLow >= two32 ? 1 : 0)) >>> 0;
  };
  step();
  const seededLow = low + (seed % two32);
  low = seededLow >>> 0;
  high = (high + Math.floor(seed / two32) + (seededLow >= two32 ? 1 : 0)) >>> 0;
  step();

  const nextUint32 = (): number => {
    // ((state >> 18) ^ state) >> 27, of which the low 32 bits are kept.
    const mixedHigh = high ^ (high >>> 18);
    const mixedLow = low ^ ((low >>> 18) | (high << 14));
    const shifted = (mixedLow >>> 27) | (mixedHigh << 5);
    const rotation = high >>> 27;
    step();
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0;
  };

  return {
    nextUint32,
    nextUnit: () => ((nextUint32() >>> 5) * 2 ** 26 + (nextUint32() >>> 6)) / 2 ** 53,
    nextBelow: (bound) => {
      if (!Number.isInteger(bound) || bound < 1 || bound > two32) {
        throw new RangeError('A bound is an integer from 1 to 2³².');
      }
      let bits = nextUint32();
      // Below 2³² mod bound (itself below bound) a value would favour the small remainders: drawn again.
      while (bits < bound && bits < (two32 - bound) % bound) bits = nextUint32();
      return bits - Math.floor(bits / bound) * bound;
    },
  };
}

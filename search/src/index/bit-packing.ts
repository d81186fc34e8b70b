// 128 small numbers in as few words as their largest one needs: the full blocks of postings.
import type { WordWriter } from './byte-writer.ts';

/** How many postings a block holds; as many values are packed together. */
export const blockSize = 128;

/** Bits needed for a number: 0 for 0. */
export function bitWidth(value: number): number {
  return 32 - Math.clz32(value);
}

/** Appends 128 values of `width` bits (at most 31) as `4·width` words, the low bits first. */
export function pack(values: Uint32Array, width: number, target: WordWriter): void {
  if (width === 0) return;
  let word = 0;
  let filled = 0;
  for (let i = 0; i < blockSize; i += 1) {
    const value = values[i] ?? 0;
    word |= value << filled;
    filled += width;
    if (filled >= 32) {
      target.push(word >>> 0);
      filled -= 32;
      word = filled === 0 ? 0 : value >>> (width - filled);
    }
  }
}

/** Reads 128 values of `width` bits from `words[offset..]`. */
export function unpack(words: Uint32Array, offset: number, width: number, values: Uint32Array): void {
  if (width === 0) {
    values.fill(0, 0, blockSize);
    return;
  }
  const mask = (1 << width) - 1;
  let next = offset;
  let word = 0;
  let left = 0;
  for (let i = 0; i < blockSize; i += 1) {
    if (left >= width) {
      values[i] = word & mask;
      word >>>= width;
      left -= width;
    } else {
      const following = words[next] ?? 0;
      next += 1;
      values[i] = (word | (following << left)) & mask;
      const used = width - left;
      word = following >>> used;
      left = 32 - used;
    }
  }
}

/** Reads 128 gaps of `width` bits and sums them up: ascending numbers, the first one `base + 1 + gap`. */
export function unpackAscending(
  words: Uint32Array,
  offset: number,
  width: number,
  base: number,
  values: Uint32Array,
): void {
  let last = base;
  if (width === 0) {
    for (let i = 0; i < blockSize; i += 1) {
      last += 1;
      values[i] = last;
    }
    return;
  }
  const mask = (1 << width) - 1;
  let next = offset;
  let word = 0;
  let left = 0;
  for (let i = 0; i < blockSize; i += 1) {
    if (left >= width) {
      last += 1 + (word & mask);
      word >>>= width;
      left -= width;
    } else {
      const following = words[next] ?? 0;
      next += 1;
      last += 1 + ((word | (following << left)) & mask);
      const used = width - left;
      word = following >>> used;
      left = 32 - used;
    }
    values[i] = last;
  }
}

// How positions are written: one byte up to 191, two up to 16,319, for most words stand once and early in a short text.
import type { ByteWriter } from './byte-writer.ts';

const oneByte = 192;
const long = 255;
const twoBytes = oneByte + (long - oneByte) * 256;

/** A position, or the gap to the one before it. */
export function writePosition(target: ByteWriter, gap: number): void {
  if (gap < oneByte) target.byte(gap);
  else if (gap < twoBytes) {
    target.byte(oneByte + ((gap - oneByte) >>> 8));
    target.byte((gap - oneByte) & 255);
  } else {
    target.byte(long);
    for (let shift = 0; shift < 32; shift += 8) target.byte((gap >>> shift) & 255);
  }
}

/** How many bytes the number that begins with `first` takes. */
function sizeOf(first: number): number {
  return first < oneByte ? 1 : first < long ? 2 : 5;
}

/** Where the numbers behind the next `count` ones begin. */
export function skipPositions(bytes: Uint8Array, offset: number, count: number): number {
  let end = offset;
  for (let left = count; left > 0; left -= 1) end += sizeOf(bytes[end] ?? 0);
  return end;
}

/**
 * Reads the positions of one document: `titles` ascending ones, and the rest ascending from 0 again.
 *
 * @param places receives them; has room for `total`.
 */
export function readPositions(
  bytes: Uint8Array,
  start: number,
  titles: number,
  total: number,
  places: Uint32Array,
): void {
  let offset = start;
  let position = 0;
  for (let i = 0; i < total; i += 1) {
    const first = bytes[offset] ?? 0;
    let gap = first;
    if (first >= oneByte) gap = first < long ? readTwo(bytes, offset) : readFour(bytes, offset + 1);
    offset += sizeOf(first);
    position = i === titles ? gap : position + gap;
    places[i] = position;
  }
}

function readTwo(bytes: Uint8Array, offset: number): number {
  return oneByte + (((bytes[offset] ?? 0) - oneByte) << 8) + (bytes[offset + 1] ?? 0);
}

function readFour(bytes: Uint8Array, offset: number): number {
  let value = 0;
  for (let i = 3; i >= 0; i -= 1) value = (value << 8) | (bytes[offset + i] ?? 0);
  return value >>> 0;
}

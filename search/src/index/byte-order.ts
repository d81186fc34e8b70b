// The order of terms and ids: that of JavaScript strings (UTF-16 code units), decided on their UTF-8 bytes.

/**
 * Compares two UTF-8 strings by the code units they have in UTF-16. The orders differ in one place only: what
 * takes four bytes (lead byte F0 and up, a surrogate pair in UTF-16) comes before U+E000..U+FFFF (EE, EF).
 *
 * @returns below, at or above 0, like the callback of a sort.
 */
export function compareBytes(
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
): number {
  const common = Math.min(aEnd - aStart, bEnd - bStart);
  for (let i = 0; i < common; i += 1) {
    const x = a[aStart + i] ?? 0;
    const y = b[bStart + i] ?? 0;
    if (x !== y) return x >= 0xee && y >= 0xee && x >= 0xf0 !== y >= 0xf0 ? y - x : x - y;
  }
  return aEnd - aStart - (bEnd - bStart);
}

/** Compares two strings by code units. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

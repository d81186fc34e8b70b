// Vectors in eight bits, queries in sixteen, and signs in one: how numbers become small.

/** A query in whole numbers: `values[i] × scale` is about `query[i]`. */
export interface QuantisedQuery {
  readonly values: Int16Array;
  readonly scale: number;
}

/**
 * Sixteen bits a number, or fewer where so many products with eight-bit rows could leave 32 bits.
 *
 * @param width length of the result; what is beyond the query is zero.
 */
export function quantiseQuery(query: Float32Array, width: number): QuantisedQuery {
  const limit = Math.min(32_767, Math.floor(0x7fffffff / (128 * width)));
  const largest = largestMagnitude(query);
  const scale = largest === 0 ? 0 : largest / limit;
  const values = new Int16Array(width);
  if (scale !== 0) for (const [i, value] of query.entries()) values[i] = Math.round(value / scale);
  return { values, scale };
}

/**
 * Writes a vector in eight bits and returns what 1 is worth in it, as a 32-bit number. A vector of zeros, or one so
 * short that it cannot be told from it, has scale 0.
 */
export function quantiseRow(vector: Float32Array, into: Int8Array): number {
  const scale = Math.fround(largestMagnitude(vector) / 127);
  if (scale < 1e-30) {
    into.fill(0);
    return 0;
  }
  const perUnit = 1 / scale;
  for (let i = 0; i < vector.length; i += 1) {
    const value = (vector[i] ?? 0) * perUnit;
    // Rounds half away from zero; Math.round takes three times as long.
    into[i] = (value < 0 ? value - 0.5 : value + 0.5) | 0;
  }
  return scale;
}

/** Writes one bit a number: whether it is above zero. */
export function writeSigns(vector: Float32Array, into: Uint8Array): void {
  for (let byte = 0; byte < into.length; byte += 1) {
    let bits = 0;
    for (let bit = 0; bit < 8; bit += 1) if ((vector[byte * 8 + bit] ?? 0) > 0) bits |= 1 << bit;
    into[byte] = bits;
  }
}

/** The product of two vectors of one length, summed in double precision. */
export function dot(a: Float32Array, b: Float32Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += (a[i] ?? 0) * (b[i] ?? 0);
  return total;
}

function largestMagnitude(vector: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i += 1) {
    const value = Math.abs(vector[i] ?? 0);
    if (value > largest) largest = value;
  }
  return largest;
}

// Queries in sixteen bits, and products in full precision; vectors become eight bits and signs in scan.wat.

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

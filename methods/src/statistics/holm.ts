// Several tests at once: p-values adjusted so that the chance of any false alarm stays at the level.

/**
 * Holm's step-down adjusted p-values, in the order given.
 * @throws RangeError when a value is not a probability
 * @see Holm 1979, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6
 */
export function holm(pValues: readonly number[]): number[] {
  if (!pValues.every((p) => p >= 0 && p <= 1)) throw new RangeError('A p-value lies in [0, 1].');
  const m = pValues.length;
  const ascending = pValues.map((p, place) => ({ p, place })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(m).fill(1);
  let largest = 0;
  for (const [rank, { p, place }] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (m - rank) * p));
    adjusted[place] = largest;
  }
  return adjusted;
}

// Ranks with ties shared, which rank correlations and the area under a ROC curve are computed from.

/**
 * Ascending ranks from 1; equal values share the mean of the ranks they take up (mid ranks).
 * @throws RangeError when a value is not a number
 */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const ranks = new Float64Array(values.length);
  for (const { places, firstRank } of tieGroups(values)) {
    for (const place of places) ranks[place] = firstRank + (places.length - 1) / 2;
  }
  return ranks;
}

/**
 * How many values stand in each group of equal ones, in ascending order of the value; a value alone is a group of 1.
 * @throws RangeError when a value is not a number
 */
export function tieSizes(values: ArrayLike<number>): number[] {
  return tieGroups(values).map(({ places }) => places.length);
}

function tieGroups(values: ArrayLike<number>): { places: number[]; firstRank: number }[] {
  const order = Array.from({ length: values.length }, (_, place) => place);
  const at = (place: number): number => values[place] ?? Number.NaN;
  if (order.some((place) => Number.isNaN(at(place))))
    throw new RangeError('What is ranked must be a number.');
  order.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
  const groups: { places: number[]; firstRank: number }[] = [];
  for (const [i, place] of order.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && at(last.places[0] ?? -1) === at(place)) last.places.push(place);
    else groups.push({ places: [place], firstRank: i + 1 });
  }
  return groups;
}

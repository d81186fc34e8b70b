// What a representation puts side by side: classes by their neighbours, and neighbours that two spaces share.
import { checkFeatures, type Features } from './features.ts';

export interface KnnOptions {
  /** Neighbours that vote, 5 when left out. */
  readonly k?: number;
}

/**
 * The share of items whose class the vote of the k nearest reference items by cosine gives. Of classes with equal votes
 * the one of the nearest voter wins; a row of zeros is at similarity 0 to everything.
 * @param reference features of the items that vote, [m, d]
 * @param referenceLabels their classes, [m]
 * @param features of the items judged, [n, d]
 * @param labels their true classes, [n]
 * @returns in [0, 1]
 * @throws RangeError for shapes that do not agree, a value that is not finite, or k outside [1, m]
 */
export function knnAccuracy(
  reference: Features,
  referenceLabels: ArrayLike<number>,
  features: Features,
  labels: ArrayLike<number>,
  options: KnnOptions = {},
): number {
  const { k = 5 } = options;
  checkFeatures(reference, 1);
  checkFeatures(features, 1);
  if (reference.columns !== features.columns) throw new RangeError('Both sides need the same columns.');
  if (referenceLabels.length !== reference.rows || labels.length !== features.rows) {
    throw new RangeError('Every item needs its label.');
  }
  checkNeighbours(k, reference.rows);
  const unitReference = unitRows(reference);
  const unit = unitRows(features);
  let right = 0;
  for (let i = 0; i < features.rows; i++) {
    const voters = nearest(unitReference, reference.rows, unit, i, reference.columns, k, -1);
    if (vote(voters, referenceLabels) === labels[i]) right++;
  }
  return right / features.rows;
}

/**
 * The mean share of an item's k nearest others by cosine that two representations of the same items have in common.
 * @param x [n, d]
 * @param y [n, d′], the same items in the same order
 * @param k neighbours, in [1, n − 1]; 10 when left out
 * @returns in [0, 1]; about k/(n − 1) for unrelated spaces
 * @throws RangeError for different rows, a shape that is not filled, a value that is not finite, or k out of range
 */
export function neighbourAgreement(x: Features, y: Features, k = 10): number {
  checkFeatures(x, 2);
  checkFeatures(y, 2);
  if (x.rows !== y.rows) throw new RangeError('Both sides must hold the same items.');
  checkNeighbours(k, x.rows - 1);
  const unitX = unitRows(x);
  const unitY = unitRows(y);
  let shared = 0;
  for (let i = 0; i < x.rows; i++) {
    const others = new Set(nearest(unitY, y.rows, unitY, i, y.columns, k, i));
    for (const j of nearest(unitX, x.rows, unitX, i, x.columns, k, i)) shared += others.has(j) ? 1 : 0;
  }
  return shared / (k * x.rows);
}

function checkNeighbours(k: number, atMost: number): void {
  if (!Number.isSafeInteger(k) || k < 1 || k > atMost) {
    throw new RangeError(`Neighbours are a whole number from 1 to ${atMost}.`);
  }
}

function unitRows({ values, rows, columns }: Features): Float64Array {
  const unit = Float64Array.from({ length: rows * columns }, (_, i) => values[i] ?? 0);
  for (let i = 0; i < rows; i++) {
    const row = unit.subarray(i * columns, (i + 1) * columns);
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (norm > 0) for (const [c, value] of row.entries()) row[c] = value / norm;
  }
  return unit;
}

/** The k reference rows most similar to a query row, nearest first, `except` left out; equal ones by their place. */
function nearest(
  reference: Float64Array,
  rows: number,
  queries: Float64Array,
  query: number,
  columns: number,
  k: number,
  except: number,
): number[] {
  const found: { place: number; similarity: number }[] = [];
  for (let j = 0; j < rows; j++) {
    if (j === except) continue;
    let similarity = 0;
    for (let c = 0; c < columns; c++) {
      similarity += (queries[query * columns + c] ?? 0) * (reference[j * columns + c] ?? 0);
    }
    if (found.length === k && similarity <= (found[k - 1]?.similarity ?? 0)) continue;
    let at = found.length;
    while (at > 0 && (found[at - 1]?.similarity ?? 0) < similarity) at--;
    found.splice(at, 0, { place: j, similarity });
    if (found.length > k) found.pop();
  }
  return found.map(({ place }) => place);
}

/** The class with the most voters; on equal votes, the one first met from the nearest outwards. */
function vote(voters: readonly number[], labels: ArrayLike<number>): number | undefined {
  const votes = new Map<number, number>();
  for (const voter of voters) {
    const label = labels[voter];
    if (label !== undefined) votes.set(label, (votes.get(label) ?? 0) + 1);
  }
  let winner: number | undefined;
  for (const [label, count] of votes)
    if (winner === undefined || count > (votes.get(winner) ?? 0)) winner = label;
  return winner;
}

// The score: BM25 over weighted fields, and the two properties that pruning and ties rely on.
import { SearchError } from '../errors.ts';

/**
 * The constants of the score. They are baked into the block maxima of an index, so they are chosen when the
 * index is created and kept with it.
 */
export interface Scoring {
  /** How soon repeating a word stops helping. */
  readonly k1: number;
  /** How much long papers pay for their length, 0..1. */
  readonly b: number;
  readonly titleWeight: number;
  readonly abstractWeight: number;
  /** What a word of an author's name counts beside a word of the text. */
  readonly authorWeight: number;
}

/** The best of the grid on training queries that `npm run bench -- fusion` prints; its neighbours are hardly worse. */
export const standardScoring: Scoring = {
  k1: 1.2,
  b: 0.6,
  titleWeight: 2,
  abstractWeight: 1,
  authorWeight: 0.5,
};

/** The same constants for names of authors, where every occurrence counts once. */
export function authorScoring(scoring: Scoring): Scoring {
  return { ...scoring, titleWeight: 0, abstractWeight: 1 };
}

/** Raises `bad-input` for constants under which bounds or exact sums would not hold. */
export function checkScoring(scoring: Scoring): void {
  for (const [field, limit] of [
    ['k1', 10],
    ['b', 1],
    ['titleWeight', 100],
    ['abstractWeight', 100],
    ['authorWeight', 4],
  ] as const) {
    const value = scoring[field];
    const sound = value <= limit && (field === 'b' || field === 'k1' ? value >= 0 : value > 0);
    if (!sound) {
      throw new SearchError(
        'bad-input',
        `The scoring constant ${field} must be above 0 and at most ${limit}.`,
        {
          field,
        },
      );
    }
  }
}

/**
 * How telling a term is: `ln(1 + (N - n + ½) / (n + ½))`, Lucene's form of the Robertson–Spärck Jones weight,
 * which never falls below zero.
 *
 * @param documents N, all documents held; removed ones count until a merge drops them.
 * @param frequency n, those of them that hold the term.
 */
export function inverseDocumentFrequency(documents: number, frequency: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/**
 * `k1·(1 - b)` and `k1·b / average`: a document of weighted length `l` saturates at
 * `tf / (tf + constant + slope·l)`.
 */
export function saturationTerms(
  scoring: Scoring,
  averageLength: number,
): { constant: number; slope: number } {
  const average = averageLength > 0 ? averageLength : 1;
  return { constant: scoring.k1 * (1 - scoring.b), slope: (scoring.k1 * scoring.b) / average };
}

/** Adding and taking away 1.5·2^12 leaves a number below 2^11 rounded to a multiple of 2^-40. */
export const roundingShift = 6144;

/** The largest factor a clause may be weighted with; with it every contribution stays below 2^11. */
export const highestWeight = 8;

/** What rounding can add to a contribution, and the arithmetic of a bound can lose: two steps of 2^-40. */
export const boundSlack = 2 ** -39;

/**
 * What one term adds to the score of one document: `weight · tf / (tf + constant + slope·length)`, rounded to
 * a multiple of 2^-40. Sums of such numbers below 2^13 are exact in a double, so a score does not depend on
 * the order in which terms are visited, two equal documents tie exactly, and an explanation adds up exactly.
 *
 * @param weight the clause's weight · idf · (k1 + 1), and the author weight in that field.
 */
export function contribution(
  weight: number,
  tf: number,
  length: number,
  constant: number,
  slope: number,
): number {
  return weight * (tf / (tf + constant + slope * length)) + roundingShift - roundingShift;
}

/** What a term of this weight adds at most in any document; a multiple of 2^-40, so that sums stay exact. */
export function highestContribution(weight: number): number {
  return weight + roundingShift - roundingShift + boundSlack;
}

/**
 * By how much a stored maximum of `tf / (tf + constant + slope·length)`, taken when the average length was
 * `then`, may be exceeded now that it is `now`. With x = tf + constant ≥ 0 and d = k1·b·length:
 * if now ≤ then the denominator has only grown; otherwise
 * (x + d/then) / (x + d/now) ≤ (d/then) / (d/now) = now/then, for both sides grow alike by x.
 */
export function boundGrowth(then: number, now: number): number {
  return then > 0 && now > then ? now / then : 1;
}

// The rule by which a student takes an encoder's place, written before any student was judged by it.
import { pairedBootstrap } from '@offprint/methods';

/** What was measured: nDCG@10 of both, fused with BM25, question by question, for every collection. */
export interface JudgedPair {
  readonly collection: string;
  readonly student: readonly number[];
  readonly replaced: readonly number[];
}

export interface AdoptionEvidence {
  readonly pairs: readonly JudgedPair[];
  /** How many times as many papers a second the student encodes. */
  readonly speedRatio: number;
  /** Whether the replaced encoder has encoded the whole catalogue already. */
  readonly replacedIsComplete: boolean;
}

export interface AdoptionVerdict {
  readonly adopt: boolean;
  readonly because: 'better' | 'faster' | 'not-better';
  /** The rule's outcome in words. */
  readonly sentence: string;
  /** Student minus replaced over all questions together, with its interval. */
  readonly difference: { readonly mean: number; readonly low: number; readonly high: number };
  /** The student's mean over the replaced encoder's, over all questions together. */
  readonly relative: number;
}

/** A student that scales may cost so much of the quality… */
const leastRelative = 0.98;
/** …when it is so many times as fast. */
const leastSpeedRatio = 100;

/** The rule in words, for reports. */
export const adoptionRule =
  'A student is adopted when, fused with BM25, its nDCG@10 is higher than that of the encoder it replaces on every ' +
  'collection and the 95 % interval of the difference over all questions lies above 0; or, while that encoder has ' +
  'not encoded the whole catalogue, when it keeps at least 98 % of its nDCG@10 over all questions at 100 times its speed.';

/**
 * Applies the rule.
 * @throws RangeError when there is nothing to compare or questions are not paired.
 */
export function decideAdoption({ pairs, speedRatio, replacedIsComplete }: AdoptionEvidence): AdoptionVerdict {
  const student = pairs.flatMap((pair) => pair.student);
  const replaced = pairs.flatMap((pair) => pair.replaced);
  if (student.length === 0 || pairs.some((pair) => pair.student.length !== pair.replaced.length))
    throw new RangeError('Both encoders are measured on the same questions, at least one.');
  const difference = pairedBootstrap(student.map((value, i) => value - (replaced[i] ?? 0)));
  const relative = total(replaced) === 0 ? 1 : total(student) / total(replaced);
  const higherEverywhere = pairs.every((pair) => total(pair.student) > total(pair.replaced));
  const measured = `${percent(relative)} of its nDCG@10 at ${Math.round(speedRatio)} times its speed`;
  if (higherEverywhere && difference.low > 0)
    return {
      adopt: true,
      because: 'better',
      sentence: `Adopted: better on every collection, ${measured}.`,
      difference,
      relative,
    };
  if (!replacedIsComplete && relative >= leastRelative && speedRatio >= leastSpeedRatio)
    return {
      adopt: true,
      because: 'faster',
      sentence: `Adopted for its speed: ${measured}.`,
      difference,
      relative,
    };
  return {
    adopt: false,
    because: 'not-better',
    sentence: `Not adopted: ${measured} is not enough to take its place.`,
    difference,
    relative,
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

// The claim of paper 19 and the rule that decides about it, written before the first run.
import { holm, type Line, linearRegression, sampleVariance, studentTCdf, tInterval } from '@offprint/methods';
import type { Claim, Decision, Finding } from '../../experiment/claim.ts';
import { meanSeries, type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import { ks, missSeries } from './misses.ts';

export const zArm = 'Z-loss';
export const softmaxArm = 'log-softmax';
export const taylorArm = 'log-Taylor-softmax';
/** The other losses of the spherical family: those whose update costs the same for any number of classes. */
export const sphericalArms = [taylorArm, 'log-spherical-softmax', 'squared error'] as const;
export const exactnessArm = 'exactness';
export const costArm = 'cost';

/** The largest difference of a weight between factored and dense training that counts as rounding. */
const roundingBound = 1e-10;

export const claim: Claim = {
  paper: { number: 19, id: '1604.08859', name: 'Z-loss' },
  statement:
    'The Z-loss can be trained exactly at a cost that does not grow with the number of classes, puts the right word among the first k more often than the other losses of which that is true, and for some k from 10 up more often than log-softmax.',
  rule: {
    confirmed:
      'Factored and dense training stay within 1e-10 of each other for 50 steps; in log-log the 95 % interval of the step’s cost against the number of classes is above 0.8 for dense and below 0.2 for factored; at every k of 1, 5, 10, 20, 50 and 100 the Z-loss misses less than each other spherical loss, and at some k from 10 up less than log-softmax (each by Student’s t paired over 200 stretches of test words, p below 0.05 after Holm over the six k).',
    refuted:
      'Factored training is not the dense one to 1e-10, or the Z-loss misses more than log-Taylor-softmax at some k (p below 0.05 after Holm), or at no k less than log-softmax.',
  },
  scale:
    'A 6-gram model of one novel’s 2,047 most frequent words, 64 hidden units, 76,800 examples, Adam, three seeds; the paper trains on far more text with far more words. Misses are averaged over the seeds and paired over stretches of 50 consecutive words, so the intervals speak for words of this text and not for other seeds or texts. a, b and the learning rate were chosen on a validation part for each k and with as many trials as each baseline’s learning rate. Costs are this machine’s, of plain TypeScript in double precision.',
  decide,
};

interface Comparison {
  readonly arm: string;
  readonly k: number;
  /** Share of words missed by the Z-loss minus that by the arm, in percentage points. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** After Holm over the six k. */
  readonly pValue: number;
}

function decide(results: Results): Decision {
  const exactness = valuesOf(results, exactnessArm, 'largest difference')[0];
  const dense = slopeOf(results, 'dense');
  const factored = slopeOf(results, 'factored');
  const spherical = sphericalArms.map((arm) => compare(results, arm));
  const softmax = compare(results, softmaxArm);
  const [taylor = []] = spherical;

  const isExact = exactness !== undefined && exactness <= roundingBound;
  const isFlat = dense !== undefined && factored !== undefined && dense.low > 0.8 && factored.high < 0.2;
  const beats = ({ difference, pValue }: Comparison): boolean => difference < 0 && pValue < 0.05;
  const findings: Finding[] = [
    ...(exactness === undefined
      ? []
      : [
          {
            name: 'largest difference between factored and dense weights after 50 steps',
            estimate: exactness,
            criterion: 'at most 1e-10',
            holds: isExact,
          },
        ]),
    ...slopeFinding('dense', dense, 'interval above 0.8', (line) => line.low > 0.8),
    ...slopeFinding('factored', factored, 'interval below 0.2', (line) => line.high < 0.2),
    ...[...spherical.flat(), ...softmax].map(
      (each): Finding => ({
        name: `top-${each.k} error, Z-loss minus ${each.arm}`,
        estimate: each.difference,
        low: each.low,
        high: each.high,
        unit: 'points',
        criterion:
          each.arm === softmaxArm
            ? 'below 0 at some k from 10 up, p < 0.05 after Holm'
            : 'below 0, p < 0.05 after Holm',
        holds: beats(each),
      }),
    ),
  ];
  const complete =
    spherical.every((each) => each.length > 0) && softmax.length > 0 && exactness !== undefined;
  if (!complete) return { verdict: 'undecided', sentence: 'Not every loss was trained.', findings };

  const refuted =
    !isExact ||
    taylor.some(({ difference, pValue }) => difference > 0 && pValue < 0.05) ||
    !softmax.some(({ difference }) => difference < 0);
  const confirmed =
    !refuted &&
    isFlat &&
    spherical.flat().every(beats) &&
    softmax.some((each) => each.k >= 10 && beats(each));
  return {
    verdict: refuted ? 'refuted' : confirmed ? 'confirmed' : 'undecided',
    sentence: sentence(spherical.flat(), softmax, factored, beats),
    findings,
  };
}

function sentence(
  spherical: readonly Comparison[],
  softmax: readonly Comparison[],
  factored: Line | undefined,
  beats: (comparison: Comparison) => boolean,
): string {
  const best = softmax.reduce((least, each) => (each.difference < least.difference ? each : least));
  const points = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(2)}`;
  const cost =
    factored === undefined
      ? ''
      : ` its factored step’s cost grows with the number of classes to the power ${factored.slope.toFixed(2)} [${factored.low.toFixed(2)}, ${factored.high.toFixed(2)}];`;
  return `The Z-loss misses fewer words than the other spherical losses in ${spherical.filter(beats).length} of ${spherical.length} comparisons;${cost} against log-softmax it does best at k = ${best.k}, ${points(best.difference)} points [${points(best.low)}, ${points(best.high)}].`;
}

/** The Z-loss against an arm at each k; none where one of them was not trained. */
function compare(results: Results, arm: string): Comparison[] {
  const perK = ks.flatMap((k): Comparison[] => {
    const [own, other] = [missesOf(results, zArm, k), missesOf(results, arm, k)];
    if (own === undefined || other === undefined) return [];
    const differences = own.map((share, i) => share - (other[i] ?? Number.NaN));
    const { mean: difference, low, high } = tInterval(differences);
    const standardError = Math.sqrt(sampleVariance(differences) / differences.length);
    const pValue =
      standardError === 0
        ? 1
        : 2 * studentTCdf(-Math.abs(difference) / standardError, differences.length - 1);
    return [{ arm, k, difference, low, high, pValue }];
  });
  const adjusted = holm(perK.map(({ pValue }) => pValue));
  return perK.map((each, i) => ({ ...each, pValue: adjusted[i] ?? 1 }));
}

/** At a k an arm's misses in each stretch of words, %, averaged over the seeds; undefined where it was not trained. */
function missesOf(results: Results, arm: string, k: number): number[] | undefined {
  const seeds = seriesOf(results, missSeries(k), arm);
  const { y } = meanSeries(seeds);
  return y.length < 2 ? undefined : y;
}

/** How the cost of a step grows with the number of classes: the slope of log milliseconds on log classes. */
export function slopeOf(results: Results, kind: 'dense' | 'factored'): Line | undefined {
  const [series] = seriesOf(results, `${kind} step, ms`, costArm);
  if (series === undefined || new Set(series.x).size < 3) return undefined;
  return linearRegression(series.x.map(Math.log), series.y.map(Math.log));
}

function slopeFinding(
  kind: string,
  line: Line | undefined,
  criterion: string,
  holds: (line: Line) => boolean,
): Finding[] {
  if (line === undefined) return [];
  const { slope: estimate, low, high } = line;
  return [
    {
      name: `power of the number of classes that a ${kind} step’s cost grows with`,
      estimate,
      low,
      high,
      criterion,
      holds: holds(line),
    },
  ];
}

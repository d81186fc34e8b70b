// The claim of paper 28 and the rule that decides about it, written before the first run.
import { clusterBootstrap, mean } from '@offprint/methods';
import type { Claim, Decision, Finding } from '../../experiment/claim.ts';
import { type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import { ownFindings } from './own-findings.ts';

/** Models of three sizes, in millions of parameters. */
export const modelSizes = [25, 100, 400] as const;

/** The arms that the rule compares. */
export const lawArm = 'law';
export const ablationArm = 'without annealing';
/** Another choice of curves to fit to: it informs. */
export const twoCosinesArm = 'law, from two cosines';

const largestError = 0.5;
const smallestRatio = 1.5;
const largestWorst = 2;

export const claim: Claim = {
  paper: { number: 28, id: '2408.11029', name: 'Scaling law with learning-rate annealing' },
  statement:
    'Four constants fitted to two loss curves predict the loss at every step of training under schedules the fit has not seen, from the sum of the learning rates and from how much they have been annealed.',
  rule: {
    confirmed:
      'At all three model sizes, over the seven schedules not fitted: the mean relative error is below 0.5 %, and the 95 % interval of its difference to a law without the annealing area lies below 0 (bootstrap over curves, then over their points).',
    refuted:
      'At any size, the law without the annealing area errs less than 1.5 times as much, or the law is off by more than 2 % at any point of an unseen curve.',
  },
  scale:
    'The curves are published ones of language models of 25, 100 and 400 million parameters, trained by others than the paper’s authors, up to 72,000 steps at one peak rate and batch size. Larger models, other peaks and rates that rise again are not tried. Several of the seven unseen curves share their first part with one another. Runs of a model of our own, where the run trained some, inform and do not decide.',
  decide,
};

function decide(results: Results): Decision {
  const judged = modelSizes.map((size) => judge(results, size));
  const findings = [...judged.flatMap((each) => each?.findings ?? []), ...ownFindings(results)];
  const complete = judged.filter((each) => each !== undefined);
  if (complete.length < modelSizes.length) {
    return { verdict: 'undecided', sentence: 'The three model sizes were not all fitted.', findings };
  }
  const refuted = complete.some(({ ratio, worst }) => !(ratio >= smallestRatio && worst <= largestWorst));
  const confirmed = !refuted && complete.every(({ error, high }) => error < largestError && high < 0);
  const span = (values: readonly number[], digits: number): string =>
    `${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}`;
  return {
    verdict: refuted ? 'refuted' : confirmed ? 'confirmed' : 'undecided',
    sentence: `On seven unseen schedules the law errs by ${span(
      complete.map((each) => each.error),
      2,
    )} % on average over the three model sizes, ${span(
      complete.map((each) => each.ratio),
      1,
    )} times less than without the annealing area; its worst point is off by ${Math.max(...complete.map((each) => each.worst)).toFixed(1)} %.`,
    findings,
  };
}

interface Judged {
  readonly error: number;
  readonly worst: number;
  readonly ratio: number;
  /** The upper end of the interval of the difference. */
  readonly high: number;
  readonly findings: readonly Finding[];
}

function judge(results: Results, size: number): Judged | undefined {
  const metric = (arm: string, name: string): number | undefined =>
    valuesOf(results, arm, `${name}, ${size}M`)[0];
  const [error, worst] = [metric(lawArm, 'error'), metric(lawArm, 'worst point')];
  const ablated = metric(ablationArm, 'error');
  const differences = pointDifferences(results, size);
  if (error === undefined || worst === undefined || ablated === undefined || differences.length === 0) {
    return undefined;
  }
  const finite = differences.every((curve) => curve.every(Number.isFinite));
  const interval = finite
    ? clusterBootstrap(differences)
    : { mean: mean(differences.map(mean)), low: Number.NaN, high: Number.NaN };
  const { mean: estimate, low, high } = interval;
  const ratio = ablated / error;
  const findings: Finding[] = [
    {
      name: `error on unseen schedules, ${size}M`,
      estimate: error,
      unit: '%',
      criterion: `below ${largestError} %`,
      holds: error < largestError,
    },
    {
      name: `error minus that without the annealing area, ${size}M`,
      estimate,
      low,
      high,
      unit: '%',
      criterion: 'interval below 0',
      holds: high < 0,
    },
    {
      name: `error without the annealing area, in errors of the law, ${size}M`,
      estimate: ratio,
      criterion: `at least ${smallestRatio}`,
      holds: ratio >= smallestRatio,
    },
    {
      name: `worst point of the unseen curves, ${size}M`,
      estimate: worst,
      unit: '%',
      criterion: `at most ${largestWorst} %`,
      holds: worst <= largestWorst,
    },
  ];
  return { error, worst, ratio, high, findings };
}

/** |error| of the law minus |error| without the annealing area at every point, one array an unseen curve. */
function pointDifferences(results: Results, size: number): number[][] {
  const ofSize = (arm: string) =>
    results.series.filter((series) => series.arm === arm && series.name.startsWith(`error, ${size}M `));
  return ofSize(lawArm).flatMap(({ name, seed, y }) => {
    const other = seriesOf(results, name, ablationArm).find((series) => series.seed === seed);
    return other === undefined ? [] : [y.map((value, i) => value - (other.y[i] ?? Number.NaN))];
  });
}

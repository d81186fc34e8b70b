// Paper 20's claim and the rule that decides about it, written before the first run.
import { mean, tInterval } from '@offprint/methods';
import type { Claim, Decision, Finding } from '../../experiment/claim.ts';
import { pairedDifferences, type Results, valuesOf } from '../../experiment/results.ts';

/** The arms by the name that tables use; the number is what they train for. */
export const crossEntropy = 'cross-entropy';
export const coverage16 = 'DCO, N = 16';
export const coverage256 = 'DCO, N = 256';
export const labelSmoothing = 'label smoothing';

const trainedFor = new Map([
  [1, crossEntropy],
  [16, coverage16],
  [256, coverage256],
]);

export const claim: Claim = {
  paper: { number: 20, id: '2502.07154', name: 'Limiting confidence (DCO)' },
  statement:
    'Who will draw N answers and needs one right one loses by training with cross-entropy, whose growing confidence lowers pass@N; training for the coverage of N draws instead raises it, at the price of pass@1.',
  rule: {
    confirmed:
      'At the last epoch, over seeds, all with 95 % t-intervals: pass@256 of DCO trained for 256 draws is above that of cross-entropy, pass@1 below it; the slope of cross-entropy’s pass@256 over the epochs is below 0; of the arms trained for 1, 16 and 256 draws the matching one has the highest mean pass@N at each of these N; and at N = 16 or 256 the arm trained for N is above cross-entropy with a temperature chosen for that N on validation images.',
    refuted:
      'The slope of cross-entropy’s pass@256 is not below 0, or cross-entropy with such a temperature is not below the arm trained for N at 16 and at 256 both.',
  },
  scale:
    'The paper fine-tunes an 8-billion-parameter language model on mathematics. Here an answer is the four labels of four pictures of clothing, read by a small network trained on 1,000 pictures, so that pass@N is exact and needs no sampling. The verdict is about the losses, not about language models.',
  decide,
};

function decide(results: Results): Decision {
  const gain = difference(results, coverage256, 'pass@256', crossEntropy, 'pass@256');
  const cost = difference(results, crossEntropy, 'pass@1', coverage256, 'pass@1');
  const slope = over(valuesOf(results, crossEntropy, 'slope of pass@256'));
  const tempered = [16, 256].map((N) =>
    difference(results, trainedFor.get(N) ?? '', `pass@${N}`, crossEntropy, `pass@${N} with temperature`),
  );
  if (gain === undefined || cost === undefined || slope === undefined || tempered.includes(undefined))
    return { verdict: 'undecided', sentence: 'Too few runs to decide.', findings: [] };
  const matches = [1, 16, 256].map((N) => bestArm(results, N) === trainedFor.get(N));
  const beatsTemperature = tempered.map((interval) => interval !== undefined && interval.low > 0);
  const findings: Finding[] = [
    finding('pass@256, DCO for 256 − cross-entropy', gain, 'interval above 0', gain.low > 0),
    finding('pass@1, cross-entropy − DCO for 256', cost, 'interval above 0', cost.low > 0),
    finding('slope of cross-entropy’s pass@256 per epoch', slope, 'interval below 0', slope.high < 0),
    {
      name: 'draws (of 1, 16, 256) at which the arm trained for them is best',
      estimate: matches.filter(Boolean).length,
      criterion: '3',
      holds: matches.every(Boolean),
    },
    ...[16, 256].map((N, i) =>
      finding(
        `pass@${N}, DCO for ${N} − cross-entropy with the temperature for ${N}`,
        tempered[i] ?? { mean: Number.NaN, low: Number.NaN, high: Number.NaN },
        'interval above 0 at one of the two',
        beatsTemperature[i] ?? false,
      ),
    ),
  ];
  const isRefuted = !(slope.high < 0) || !beatsTemperature.includes(true);
  const isConfirmed =
    gain.low > 0 &&
    cost.low > 0 &&
    slope.high < 0 &&
    matches.every(Boolean) &&
    beatsTemperature.includes(true);
  return {
    verdict: isConfirmed ? 'confirmed' : isRefuted ? 'refuted' : 'undecided',
    sentence: `Training for 256 draws changes pass@256 by ${points(gain.mean)} [${points(gain.low)}, ${points(gain.high)}] points against cross-entropy at the end of training, and by ${points(tempered[1]?.mean)} [${points(tempered[1]?.low)}, ${points(tempered[1]?.high)}] against cross-entropy with the best temperature.`,
    findings,
  };
}

interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The 95 % t-interval over seeds, in points of percent. Undefined for fewer than two. */
function over(values: readonly number[]): Interval | undefined {
  if (values.length < 2 || !values.every(Number.isFinite)) return undefined;
  return tInterval(values.map((value) => 100 * value));
}

function difference(
  results: Results,
  treatment: string,
  metric: string,
  baseline: string,
  baselineMetric: string,
): Interval | undefined {
  return over(
    pairedDifferences(results, { arm: treatment, metric }, { arm: baseline, metric: baselineMetric }),
  );
}

function bestArm(results: Results, N: number): string | undefined {
  const arms = [...trainedFor.values()];
  const means = arms.map((arm) => mean(valuesOf(results, arm, `pass@${N}`)));
  return arms[means.indexOf(Math.max(...means))];
}

function finding(name: string, interval: Interval, criterion: string, holds: boolean): Finding {
  return {
    name,
    estimate: interval.mean,
    low: interval.low,
    high: interval.high,
    unit: 'points',
    criterion,
    holds,
  };
}

function points(value = Number.NaN): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

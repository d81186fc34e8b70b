// Paper 37's claim and the rule that decides about it, written before the first run.
import { mean, tInterval } from '@offprint/methods';
import type { Claim, Decision, Finding } from '../../experiment/claim.ts';
import { pairedDifferences, type Results, seriesOf, valuesOf } from '../../experiment/results.ts';

export const trunks = ['mlp', 'convolutions'] as const;
export type Trunk = (typeof trunks)[number];

/** An arm's name: the trunk and the number of masks. */
export function armName(trunk: Trunk, samples: number, variant = ''): string {
  return `${trunk}, M = ${samples}${variant === '' ? '' : `, ${variant}`}`;
}

export const longer = 'trained for the same arithmetic as M = 8';
export const averagedLogits = 'logits averaged';

export const claim: Claim = {
  paper: { number: 37, id: '1905.09788', name: 'Multi-sample dropout' },
  statement:
    'Eight dropout masks a step over the same features, their losses averaged, reach a training loss in fewer iterations than one mask and end with a lower test error, at little more cost where most of the network stands before the dropout.',
  rule: {
    confirmed:
      'Over paired seeds, for a perceptron’s trunk and for convolutions both: the 95 % t-interval of the ratio of iterations, M = 8 over M = 1, to the training loss (without dropout) that M = 1 has after two thirds of its training lies below 1, and that of the final test error, M = 8 minus M = 1, lies below 0.',
    refuted: 'The interval of the ratio of iterations is not below 1 for either trunk.',
  },
  scale:
    'The paper trains convolutional networks on CIFAR and ImageNet. Here they are small, on 4,000 pictures of clothing, for twelve epochs; how much a step costs depends on how much of a network stands behind the dropout.',
  decide,
};

interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const missing: Interval = { mean: Number.NaN, low: Number.NaN, high: Number.NaN };

function decide(results: Results): Decision {
  const ratios = trunks.map((trunk) => intervalOf(iterationRatios(results, trunk)));
  const errors = trunks.map((trunk) => errorDifference(results, armName(trunk, 8), armName(trunk, 1)));
  const faster = ratios.map(({ high }) => high < 1);
  const better = errors.map(({ high }) => high < 0);
  const isComplete = [...ratios, ...errors].every(({ mean: value }) => Number.isFinite(value));
  if (!isComplete) return { verdict: 'undecided', sentence: 'Too few runs to decide.', findings: [] };
  const findings: Finding[] = trunks.flatMap((trunk, i) => [
    {
      ...finding(`iterations to the same training loss, M = 8 over M = 1, ${trunk}`, ratios[i] ?? missing),
      criterion: 'interval below 1',
      holds: faster[i] ?? false,
    },
    {
      ...finding(`final test error, M = 8 − M = 1, ${trunk}`, errors[i] ?? missing, 'points'),
      criterion: 'interval below 0',
      holds: better[i] ?? false,
    },
    finding(`time of a step, M = 8 over M = 1, ${trunk}`, timeRatio(results, trunk)),
  ]);
  findings.push(
    finding(
      'final test error at equal arithmetic, M = 8 − M = 1 trained longer, mlp',
      errorDifference(results, armName('mlp', 8), armName('mlp', 1, longer)),
      'points',
    ),
    finding(
      'final test error, losses averaged − logits averaged, M = 8, mlp',
      errorDifference(results, armName('mlp', 8), armName('mlp', 8, averagedLogits)),
      'points',
    ),
  );
  const verdict =
    faster.every(Boolean) && better.every(Boolean)
      ? 'confirmed'
      : faster.includes(true)
        ? 'undecided'
        : 'refuted';
  const [mlp = missing, convolutions = missing] = ratios;
  const [mlpError = missing, convolutionsError = missing] = errors;
  return {
    verdict,
    sentence: `Eight masks need ${times(mlp)} the iterations of one with a perceptron’s trunk and ${times(convolutions)} with convolutions; the test error changes by ${points(mlpError)} and ${points(convolutionsError)} points.`,
    findings: findings.filter(({ estimate }) => Number.isFinite(estimate)),
  };
}

/** For every seed: where M = 8 reaches the loss that M = 1 has after two thirds of its steps, over where M = 1 does. */
function iterationRatios(results: Results, trunk: Trunk): number[] {
  const one = seriesOf(results, 'training loss', armName(trunk, 1));
  const eight = new Map(
    seriesOf(results, 'training loss', armName(trunk, 8)).map((series) => [series.seed, series]),
  );
  return one.flatMap((series) => {
    const other = eight.get(series.seed);
    const last = series.x.at(-1) ?? 0;
    const level = series.y[series.x.findIndex((x) => x >= (2 / 3) * last)];
    if (other === undefined || level === undefined) return [];
    return [firstBelow(other, level) / firstBelow(series, level)];
  });
}

/** The first x at which a curve is at a level or below, linear between its points; NaN where it never is. */
export function firstBelow(
  { x, y }: { readonly x: readonly number[]; readonly y: readonly number[] },
  level: number,
): number {
  const at = y.findIndex((value) => value <= level);
  if (at < 0) return Number.NaN;
  const [x1 = Number.NaN, y1 = Number.NaN] = [x[at], y[at]];
  if (at === 0) return x1;
  const [x0 = Number.NaN, y0 = Number.NaN] = [x[at - 1], y[at - 1]];
  return x0 + ((y0 - level) / (y0 - y1)) * (x1 - x0);
}

function errorDifference(results: Results, treatment: string, baseline: string): Interval {
  const differences = pairedDifferences(
    results,
    { arm: treatment, metric: 'test error' },
    { arm: baseline, metric: 'test error' },
  );
  return intervalOf(differences.map((difference) => 100 * difference));
}

function timeRatio(results: Results, trunk: Trunk): Interval {
  const baseline = mean(valuesOf(results, armName(trunk, 1), 'milliseconds a step'));
  return intervalOf(
    valuesOf(results, armName(trunk, 8), 'milliseconds a step').map(
      (milliseconds) => milliseconds / baseline,
    ),
  );
}

function intervalOf(values: readonly number[]): Interval {
  return values.length >= 2 && values.every(Number.isFinite) ? tInterval(values) : missing;
}

function finding(name: string, { mean: estimate, low, high }: Interval, unit?: string): Finding {
  return { name, estimate, low, high, ...(unit === undefined ? {} : { unit }) };
}

function times({ mean: value, low, high }: Interval): string {
  return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}] times`;
}

function points({ mean: value, low, high }: Interval): string {
  const signed = (number: number): string => `${number < 0 ? '−' : '+'}${Math.abs(number).toFixed(2)}`;
  return `${signed(value)} [${signed(low)}, ${signed(high)}]`;
}

// Paper 37's claim and the rule that decides about it, written before the first run.
import type { Interval } from '@offprint/methods';
import type { Claim, Decision, Finding } from '../../experiment/claim.ts';
import { pairedDifferences, type Results } from '../../experiment/results.ts';
import { seedInterval } from '../../experiment/seed-interval.ts';
import { type Ratios, ratiosToLoss } from './time-to-loss.ts';

export const trunks = ['mlp', 'convolutions'] as const;
export type Trunk = (typeof trunks)[number];

/** An arm's name: the trunk and the number of masks, and in what it differs. */
export function armName(trunk: Trunk, samples: number, variant = ''): string {
  return `${trunk}, M = ${samples}${variant === '' ? '' : `, ${variant}`}`;
}

export function plainName(trunk: Trunk): string {
  return `${trunk}, no dropout`;
}

/** For about the arithmetic of M = 8, as twice the batch is. */
export const longer = 'trained longer';
export const largerBatch = 'twice the batch';
export const averagedLogits = 'logits averaged';
export const moreDropout = '70 % dropped';

export const claim: Claim = {
  paper: { number: 37, id: '1905.09788', name: 'Multi-sample dropout' },
  statement:
    'Eight dropout masks a step over the same features, their losses averaged, reach a training loss in fewer iterations than one mask and end with a lower test error, at little more cost where most of the network stands before the dropout.',
  rule: {
    confirmed:
      'Over paired seeds, for a perceptron’s trunk and for convolutions both: the 95 % t-interval of the ratio of iterations, M = 8 over M = 1, to the training loss (without dropout) that M = 1 has after two thirds of its training lies below 1, and that of the final test error, M = 8 minus M = 1, lies below 0. For convolutions the same ratio in seconds lies below 1 too.',
    refuted:
      'The interval of the ratio of iterations is not below 1 for either trunk. A training loss that is never reached is an infinite ratio, an arm that diverged is not better.',
  },
  scale:
    'The paper trains convolutional networks on CIFAR and ImageNet. Here they are small, on 4,000 pictures of clothing, for twelve epochs; how much a step costs depends on how much of a network stands behind the dropout, and on the machine.',
  decide,
};

interface Race {
  readonly trunk: Trunk;
  readonly seeds: number;
  readonly iterations: Interval | undefined;
  readonly stepTime: Interval | undefined;
  readonly seconds: Interval | undefined;
  /** In points of percent. */
  readonly error: Interval | undefined;
}

function raceOf(results: Results, trunk: Trunk): Race {
  const arms = [armName(trunk, 8), armName(trunk, 1)] as const;
  const ratios = ratiosToLoss(results, ...arms);
  const over = (name: keyof Ratios): Interval | undefined => seedInterval(ratios.map((ratio) => ratio[name]));
  return {
    trunk,
    seeds: ratios.length,
    iterations: over('iterations'),
    stepTime: over('stepTime'),
    seconds: over('seconds'),
    error: errorDifference(results, ...arms),
  };
}

function decide(results: Results): Decision {
  const races = trunks.map((trunk) => raceOf(results, trunk));
  if (races.some(({ seeds }) => seeds < 2))
    return { verdict: 'undecided', sentence: 'Too few runs to decide.', findings: [] };
  const convolutions = races[trunks.indexOf('convolutions')];
  const isFaster = races.map(({ iterations }) => isBelow(iterations, 1));
  const isBetter = races.map(({ error }) => isBelow(error, 0));
  const isWorthIt = isBelow(convolutions?.seconds, 1);
  const isConfirmed = isFaster.every(Boolean) && isBetter.every(Boolean) && isWorthIt;
  const findings = [
    ...races.flatMap(({ trunk, iterations, stepTime, seconds, error }) => [
      finding(`iterations to the same training loss, M = 8 over M = 1, ${trunk}`, iterations, 1),
      finding(`final test error, M = 8 − M = 1, ${trunk}`, error, 0, 'points'),
      finding(`time of a step, M = 8 over M = 1, ${trunk}`, stepTime),
      finding(
        `seconds to the same training loss, M = 8 over M = 1, ${trunk}`,
        seconds,
        trunk === 'convolutions' ? 1 : undefined,
      ),
    ]),
    ...besides(results),
  ].flat();
  const sentence = races
    .map(
      ({ trunk, iterations, seconds, error }) =>
        `${trunk === 'mlp' ? 'with a perceptron’s trunk' : 'with convolutions'} eight masks need ${times(iterations)} the iterations and ${times(seconds)} the seconds of one, and change the test error by ${points(error)} points`,
    )
    .join('; ');
  return {
    verdict: isConfirmed ? 'confirmed' : isFaster.includes(true) ? 'undecided' : 'refuted',
    sentence: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`,
    findings,
  };
}

/** What could explain a gain, or spend the same arithmetic otherwise; beside the verdict. */
function besides(results: Results): Finding[][] {
  const eight = armName('mlp', 8);
  const difference = (name: string, treatment: string, baseline: string): Finding[] =>
    finding(`final test error, ${name}`, errorDifference(results, treatment, baseline), undefined, 'points');
  return [
    ...trunks.map((trunk) =>
      difference(
        `at equal arithmetic, M = 8 − M = 1 trained longer, ${trunk}`,
        armName(trunk, 8),
        armName(trunk, 1, longer),
      ),
    ),
    difference(
      'at equal arithmetic, M = 8 − M = 1 with twice the batch, mlp',
      eight,
      armName('mlp', 1, largerBatch),
    ),
    difference('losses averaged − logits averaged, M = 8, mlp', eight, armName('mlp', 8, averagedLogits)),
    difference(
      'M = 8 − M = 1 where 70 % are dropped, mlp',
      armName('mlp', 8, moreDropout),
      armName('mlp', 1, moreDropout),
    ),
    ...trunks.map((trunk) => difference(`M = 8 − no dropout, ${trunk}`, armName(trunk, 8), plainName(trunk))),
  ];
}

function errorDifference(results: Results, treatment: string, baseline: string): Interval | undefined {
  const metric = 'test error';
  const differences = pairedDifferences(results, { arm: treatment, metric }, { arm: baseline, metric });
  return seedInterval(differences.map((difference) => 100 * difference));
}

function isBelow(interval: Interval | undefined, bound: number): boolean {
  return interval !== undefined && interval.high < bound;
}

/** With a bound the rule asks for an interval below it. Nothing where there is no interval. */
function finding(name: string, interval: Interval | undefined, bound?: number, unit?: string): Finding[] {
  if (interval === undefined) return [];
  return [
    {
      name,
      estimate: interval.mean,
      low: interval.low,
      high: interval.high,
      ...(unit === undefined ? {} : { unit }),
      ...(bound === undefined
        ? {}
        : { criterion: `interval below ${bound}`, holds: isBelow(interval, bound) }),
    },
  ];
}

function times(interval: Interval | undefined): string {
  if (interval === undefined) return 'an unbounded number of times';
  return `${interval.mean.toFixed(2)} [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}] times`;
}

function points(interval: Interval | undefined): string {
  if (interval === undefined) return 'an unknown number of';
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
  return `${signed(interval.mean)} [${signed(interval.low)}, ${signed(interval.high)}]`;
}

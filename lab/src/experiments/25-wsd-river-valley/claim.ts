// What paper 25 claims and by which rule our runs decide about it; written before the first run.
import { tost } from '@offprint/methods';
import type { Claim, Decision, Finding } from '../../experiment/claim.ts';
import { pairedDifferences, type Results, valuesOf } from '../../experiment/results.ts';
import { seedInterval } from '../../experiment/seed-interval.ts';

/** How much worse than the cosine that knew its end WSD may be, in percent of the loss. */
const marginPercent = 1;

export const claim: Claim = {
  paper: { number: 25, id: '2410.05192', name: 'WSD and the river valley' },
  statement:
    'A short decay after a long time at a high rate wins more than as many further steps at that rate, a model made ' +
    'so at any budget is as good as one whose cosine knew the budget, and going on from the decayed model (WSD-S) ' +
    'beats going back (WSD) and a restarted cosine.',
  rule: {
    confirmed:
      'All of: (a) at both budgets the loss falls further in the decay than in as many stable steps, the 95 % interval ' +
      'of the paired difference above 0; (b) at both budgets WSD is worse than a cosine of its own by at most 1 %, the ' +
      'interval’s upper end; (c) at the second budget WSD-S has a lower loss than the restarted cosine and than WSD, ' +
      'both intervals below 0. Better than the cosine by more than 1 % is no failure.',
    refuted:
      '(a) fails: at either budget the interval lies below 0; or the cosine is better than WSD by more than 1 % at both ' +
      'budgets, both intervals above 1 %.',
  },
  scale:
    'A decoder of 57,000 weights in its blocks on the characters of one novel, budgets of 400 and 800 steps of 512 ' +
    'characters; the paper trains 0.1 to 1.2 billion parameters. A valley in closed form and a table of bigrams show ' +
    'the mechanism and do not move the verdict.',
  decide,
};

function decide(results: Results): Decision {
  const drops = ([1, 2] as const).map((budget) => {
    const inDecay = { arm: 'WSD', metric: `drop in decay ${budget}` };
    const inStable = { arm: 'WSD', metric: `drop in stable steps ${budget}` };
    return seedInterval(pairedDifferences(results, inDecay, inStable));
  });
  const overCosine = ([1, 2] as const).map((budget) => percentOver(results, 'WSD', 'cosine', budget));
  const costs = overCosine.map((values) => seedInterval(values));
  const overRestarts = seedInterval(atSecond(results, 'cyclic cosine'));
  const overWsd = seedInterval(atSecond(results, 'WSD'));
  const [drop1, drop2] = drops;
  const [cost1, cost2] = costs;
  if (
    drop1 === undefined ||
    drop2 === undefined ||
    cost1 === undefined ||
    cost2 === undefined ||
    overRestarts === undefined ||
    overWsd === undefined
  ) {
    return {
      verdict: 'undecided',
      sentence: 'WSD, WSD-S and both cosines need two finished seeds or more.',
      findings: [],
    };
  }
  const decayWins = drop1.low > 0 && drop2.low > 0;
  const asGood = cost1.high <= marginPercent && cost2.high <= marginPercent;
  const simplifiedWins = overRestarts.high < 0 && overWsd.high < 0;
  const refuted =
    drop1.high < 0 || drop2.high < 0 || (cost1.low > marginPercent && cost2.low > marginPercent);
  const findings: Finding[] = [
    ...[drop1, drop2].map((drop, i) => ({
      name: `(a) budget ${i + 1}: fall in the decay − fall in as many stable steps`,
      ...rest(drop),
      unit: 'nats',
      criterion: 'interval above 0',
      holds: drop.low > 0,
    })),
    ...[cost1, cost2].map((cost, i) => ({
      name: `(b) budget ${i + 1}: loss of WSD over that of a cosine of its own`,
      ...rest(cost),
      unit: '%',
      criterion: `upper end at most ${marginPercent}`,
      holds: cost.high <= marginPercent,
    })),
    {
      name: '(c) budget 2: WSD-S − restarted cosine',
      ...rest(overRestarts),
      unit: 'nats',
      criterion: 'interval below 0',
      holds: overRestarts.high < 0,
    },
    {
      name: '(c) budget 2: WSD-S − WSD',
      ...rest(overWsd),
      unit: 'nats',
      criterion: 'interval below 0',
      holds: overWsd.high < 0,
    },
    ...informing(results, overCosine),
  ];
  const percent = (value: number): string => value.toFixed(1);
  const nats = (value: number): string => value.toFixed(3);
  return {
    verdict: refuted ? 'refuted' : decayWins && asGood && simplifiedWins ? 'confirmed' : 'undecided',
    sentence:
      `At the second budget the decay wins ${nats(drop2.mean)} nats (${nats(drop2.low)} to ${nats(drop2.high)}) more ` +
      `than as many stable steps, WSD is ${percent(cost2.mean)} % (${percent(cost2.low)} to ${percent(cost2.high)}) ` +
      `over a cosine of its own, and WSD-S ${nats(overWsd.mean)} nats (${nats(overWsd.low)} to ${nats(overWsd.high)}) ` +
      'over WSD.',
    findings,
  };
}

/** What only informs. */
function informing(results: Results, overCosine: readonly number[][]): Finding[] {
  const equivalent = overCosine.flatMap((values, i) => {
    if (seedInterval(values) === undefined) return [];
    const { equivalent: equal, interval } = tost(values, { margin: marginPercent });
    return [
      {
        name: `budget ${i + 1}: WSD and the cosine within ±${marginPercent} % (90 % interval)`,
        ...rest(interval),
        unit: '%',
        holds: equal,
      },
    ];
  });
  const equalSteps = seedInterval(
    pairedDifferences(
      results,
      { arm: 'WSD-S', metric: 'loss at budget 2' },
      { arm: 'WSD', metric: 'loss at budget 2, equal steps in all' },
    ),
  );
  const named = (
    [
      ['WSD', 'above the chord between stable checkpoints', 'nats'],
      ['WSD', 'largest rise through the decay', 'nats'],
      ['valley', 'simulated over stationary wall', undefined],
      ['valley', 'simulated over expected wall after the decay', undefined],
      ['bigram table', 'certain tokens, fall in stable steps', 'nats'],
      ['bigram table', 'open tokens, fall in stable steps', 'nats'],
      ['bigram table', 'certain tokens, fall in the decay', 'nats'],
      ['bigram table', 'open tokens, fall in the decay', 'nats'],
      ['bigram table', 'certain tokens, cosine of moves', undefined],
      ['bigram table', 'open tokens, cosine of moves', undefined],
    ] as const
  ).flatMap(([arm, metric, unit]) => {
    const interval = seedInterval(valuesOf(results, arm, metric));
    if (interval === undefined) return [];
    return [{ name: `${arm}: ${metric}`, ...rest(interval), ...(unit === undefined ? {} : { unit }) }];
  });
  return [
    ...(equalSteps === undefined
      ? []
      : [{ name: 'budget 2: WSD-S − WSD of as many steps in all', ...rest(equalSteps), unit: 'nats' }]),
    ...equivalent,
    ...named,
  ];
}

function atSecond(results: Results, other: string): number[] {
  const metric = 'loss at budget 2';
  return pairedDifferences(results, { arm: 'WSD-S', metric }, { arm: other, metric });
}

/** By how many percent the loss of one arm is over that of another, a value a seed. */
function percentOver(results: Results, arm: string, other: string, budget: 1 | 2): number[] {
  const metric = `loss at budget ${budget}`;
  const losses = new Map(
    results.runs.filter((run) => run.arm === other).map(({ seed, metrics }) => [seed, metrics[metric]]),
  );
  return results.runs
    .filter((run) => run.arm === arm && losses.has(run.seed))
    .map(
      ({ seed, metrics }) => 100 * ((metrics[metric] ?? Number.NaN) / (losses.get(seed) ?? Number.NaN) - 1),
    );
}

function rest({ mean, low, high }: { mean: number; low: number; high: number }) {
  return { estimate: mean, low, high };
}

// What paper 24 claims and by which rule our runs decide about it; written before the first run that counts.
import type { Claim, Decision, Finding } from '../../experiment/claim.ts';
import { pairedDifferences, type Results, valuesOf } from '../../experiment/results.ts';
import { seedInterval } from '../../experiment/seed-interval.ts';
import { deletedArm, mostRepeats, repeatsArm, repeatsTried, width, worstRepeats } from './cell-names.ts';
import { sizeRatios } from './size-ratios.ts';

export const claim: Claim = {
  paper: { number: 24, id: '2205.10487', name: 'Repeated data' },
  statement:
    'When half of the training stream is a slice seen again and again, the damage to unseen text is worst at a middle ' +
    'number of repeats, and there repeating the slice is worse than deleting it.',
  rule: {
    confirmed:
      `The test loss at R = ${worstRepeats} repeats is above that without the slice (as many steps, half the batch), ` +
      `above that at R = 1 and above that at R = ${mostRepeats}: all three 95 % intervals of the difference paired by ` +
      'seed above 0. R was chosen under another seed on another part of the text.',
    refuted:
      'At every R above 1 that was tried the loss is below that without the slice, each interval below 0; or the loss ' +
      'falls from every R to the next larger one, each interval below 0.',
  },
  scale:
    'Decoders of 57,000 weights and less in their blocks on 256,000 characters of one novel, half of them repeated; ' +
    'the paper trains 1.5 to 800 million parameters on 100 billion tokens with 3 to 90 % repeated, and finds its ' +
    'middle at other numbers of repeats. Heads that copy do not form at this size.',
  decide,
};

const metric = 'test loss';

function decide(results: Results): Decision {
  const over = (arm: string, other: string) =>
    seedInterval(pairedDifferences(results, { arm, metric }, { arm: other, metric }));
  const worst = repeatsArm(worstRepeats);
  const overDeleted = over(worst, deletedArm);
  const overOnce = over(worst, repeatsArm(1));
  const overMost = over(worst, repeatsArm(mostRepeats));
  if (overDeleted === undefined || overOnce === undefined || overMost === undefined) {
    return {
      verdict: 'undecided',
      sentence: `R = 1, ${worstRepeats} and ${mostRepeats} and the deleted slice need two finished seeds or more.`,
      findings: [],
    };
  }
  const tried = repeatsTried.filter((repeats) => valuesOf(results, repeatsArm(repeats), metric).length >= 2);
  const below = (arm: string, other: string): boolean => (over(arm, other)?.high ?? 0) < 0;
  const neverWorse = tried.every((repeats) => repeats === 1 || below(repeatsArm(repeats), deletedArm));
  const falls = tried.every(
    (repeats, i) => i === 0 || below(repeatsArm(repeats), repeatsArm(tried[i - 1] ?? 1)),
  );
  const confirmed = overDeleted.low > 0 && overOnce.low > 0 && overMost.low > 0;
  const asked: Finding[] = (
    [
      ['the slice deleted', overDeleted],
      ['R = 1', overOnce],
      [`R = ${mostRepeats}`, overMost],
    ] as const
  ).map(([other, { mean, low, high }]) => ({
    name: `test loss at R = ${worstRepeats} − at ${other}`,
    estimate: mean,
    low,
    high,
    unit: 'nats',
    criterion: 'interval above 0',
    holds: low > 0,
  }));
  const nats = (value: number): string => value.toFixed(3);
  return {
    verdict: confirmed ? 'confirmed' : neverWorse || falls ? 'refuted' : 'undecided',
    sentence:
      `Repeating half of the stream ${worstRepeats} times costs ${nats(overDeleted.mean)} nats ` +
      `(${nats(overDeleted.low)} to ${nats(overDeleted.high)}) more than deleting it, ` +
      `${nats(overOnce.mean)} (${nats(overOnce.low)} to ${nats(overOnce.high)}) more than new text in its place and ` +
      `${nats(overMost.mean)} (${nats(overMost.low)} to ${nats(overMost.high)}) more than ${mostRepeats} repeats.`,
    findings: [...asked, ...informing(results)],
  };
}

/** What only informs: what the losses are worth in parameters, what was memorised, what is copied. */
function informing(results: Results): Finding[] {
  const arms = [...repeatsTried.map(repeatsArm), deletedArm];
  const worth = arms.flatMap((arm) => finding(`${arm}: effective size / size`, sizeRatios(results, arm)));
  const others = (['slice loss', 'copy gain', 'prefix matching'] as const).flatMap((name) =>
    arms.flatMap((arm) => finding(`${arm}: ${name}`, valuesOf(results, arm, name))),
  );
  const ruler = seedInterval(
    pairedDifferences(results, { arm: 'R = 1, width 16', metric }, { arm: repeatsArm(1), metric }),
  );
  return [
    ...worth,
    ...(ruler === undefined
      ? []
      : [
          {
            name: `the ruler: loss at width 16 − at width ${width}, nothing repeated`,
            estimate: ruler.mean,
            low: ruler.low,
            high: ruler.high,
            unit: 'nats',
          },
        ]),
    ...others,
  ];
}

function finding(name: string, values: readonly number[]): Finding[] {
  const interval = seedInterval(values);
  return interval === undefined
    ? []
    : [{ name, estimate: interval.mean, low: interval.low, high: interval.high }];
}

// What paper 33 claims and by which rule our runs decide about it; written before the first run.
import type { Claim, Decision, Finding } from '../../experiment/claim.ts';
import { pairedDifferences, type Results, valuesOf } from '../../experiment/results.ts';
import { seedInterval } from '../../experiment/seed-interval.ts';
import { rankAgreement } from './rank-agreement.ts';

/** Trained anew without what is to be forgotten. */
export const retrainedArm = 'retrained';
/** The last layer may no longer say it, nothing else is changed: the control. */
export const maskArm = 'masked head';
/** Methods that were published as unlearning. */
export const publishedArms = [
  'fine-tune',
  'gradient ascent',
  'random labels',
  'pseudo labels',
  'SalUn',
  'contrast',
] as const;

/** Each published method is asked at a share of the error, as the two that the claim needs may be any of them. */
const levelOfEach = 1 - 0.05 / publishedArms.length;
const forgets = 0.02;
const differs = 0.05;
const sameRanks = 0.8;

export const claim: Claim = {
  paper: { number: 33, id: '2503.06991', name: 'Are we truly forgetting?' },
  statement:
    'Unlearning that is perfect by the model’s answers can leave its features nearly as they were, or wreck them: ' +
    'judged by features, methods are far from a retrained model, and not in the order that answers suggest.',
  rule: {
    confirmed:
      'Over seeds, (i) the masked head answers at most 1 % of the forgotten training images rightly (end of the ' +
      'interval), its CKA to the original is .99 or more, and nearest neighbours among its features know the ' +
      'forgotten classes by more than 10 points better than the retrained model’s; and (ii) for two or more published ' +
      'methods the forgotten training images are answered as by the retrained model to within 2 points, while nearest ' +
      'neighbours differ from the retrained model’s by more than 5 points either way (99.2 % intervals: six chances).',
    refuted:
      'Answers rank the methods as features do: Kendall’s τ between their means by AGL and by AGR is above 0.8 in 95 % ' +
      'of the bootstrap samples of seeds. A method that diverged under a seed has no rank.',
  },
  scale:
    'Three of ten handwritten digits forgotten by a small perceptron; the downstream task is the same digits turned ' +
    'and shrunk. The paper works on ImageNet with ResNet and transformers and has more methods. AGL and AGR are ' +
    'rebuilt from their description.',
  decide,
};

function decide(results: Results): Decision {
  const knn = (arm: string, level?: number) =>
    seedInterval(
      pairedDifferences(
        results,
        { arm, metric: 'kNN forgotten' },
        { arm: retrainedArm, metric: 'kNN forgotten' },
      ),
      level,
    );
  const maskFA = seedInterval(valuesOf(results, maskArm, 'FA'));
  const maskCka = seedInterval(valuesOf(results, maskArm, 'CKA to original'));
  const maskKnn = knn(maskArm);
  if (maskFA === undefined || maskCka === undefined || maskKnn === undefined) {
    return {
      verdict: 'undecided',
      sentence: 'The masked head and the retrained model need two finished seeds or more.',
      findings: [],
    };
  }
  const maskHolds = maskFA.high <= 0.01 && maskCka.low >= 0.99 && maskKnn.low > 0.1;

  const published = publishedArms.flatMap((arm) => {
    const gapFA = seedInterval(
      pairedDifferences(results, { arm, metric: 'FA' }, { arm: retrainedArm, metric: 'FA' }),
      levelOfEach,
    );
    const gapKnn = knn(arm, levelOfEach);
    if (gapFA === undefined || gapKnn === undefined) return [];
    const looksForgotten = gapFA.low >= -forgets && gapFA.high <= forgets;
    return [{ arm, gapKnn, passes: looksForgotten && (gapKnn.low > differs || gapKnn.high < -differs) }];
  });
  const passing = published.filter(({ passes }) => passes);
  // A method that diverged has no rank.
  const ranked = [maskArm, ...publishedArms].filter((arm) =>
    ['AGL', 'AGR'].every((metric) => valuesOf(results, arm, metric).every(Number.isFinite)),
  );
  const ranks = rankAgreement(results, ranked);
  const refuted = ranks !== undefined && ranks.low > sameRanks;
  const confirmed = maskHolds && passing.length >= 2 && !refuted;

  const findings: Finding[] = [
    {
      name: 'forgotten training images that the masked head answers rightly',
      estimate: maskFA.mean,
      low: maskFA.low,
      high: maskFA.high,
      criterion: 'at most 0.01',
      holds: maskFA.high <= 0.01,
    },
    {
      name: 'CKA of the masked head to the original',
      estimate: maskCka.mean,
      low: maskCka.low,
      high: maskCka.high,
      criterion: '0.99 or more',
      holds: maskCka.low >= 0.99,
    },
    {
      name: 'kNN on forgotten classes, masked head minus retrained',
      estimate: maskKnn.mean,
      low: maskKnn.low,
      high: maskKnn.high,
      criterion: 'interval above 0.10',
      holds: maskKnn.low > 0.1,
    },
    ...published.map(
      ({ arm, gapKnn, passes }): Finding => ({
        name: `kNN on forgotten classes, ${arm} minus retrained (99.2 %)`,
        estimate: gapKnn.mean,
        low: gapKnn.low,
        high: gapKnn.high,
        criterion: 'beyond 0.05 either way, and answers within 0.02 of retrained; for two methods',
        holds: passes,
      }),
    ),
    ...(ranks === undefined
      ? []
      : [
          {
            name: 'Kendall’s τ between methods by answers (AGL) and by features (AGR)',
            estimate: ranks.tau,
            low: ranks.low,
            high: ranks.high,
            criterion: 'not wholly above 0.8',
            holds: !refuted,
          },
        ]),
  ];
  return {
    verdict: confirmed ? 'confirmed' : refuted ? 'refuted' : 'undecided',
    sentence:
      `A masked head is perfect by answers (${points(maskFA.mean)} % of the forgotten images right) while nearest ` +
      `neighbours among its features know them ${points(maskKnn.mean)} points better [${points(maskKnn.low)}, ` +
      `${points(maskKnn.high)}] than a retrained model’s; of ${published.length} published methods ` +
      `${passing.length} ${passing.length === 1 ? 'looks' : 'look'} right by answers and not by features.`,
    findings,
  };
}

function points(share: number): string {
  return (100 * share).toFixed(1);
}

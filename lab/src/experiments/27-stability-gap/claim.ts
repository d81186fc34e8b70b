// What paper 27 claims and by which rule our runs decide about it; written before the first run.
import type { Claim, Decision, Finding } from '../../experiment/claim.ts';
import { pairedDifferences, type Results, valuesOf } from '../../experiment/results.ts';
import { seedInterval } from '../../experiment/seed-interval.ts';

/** The learners that the rule asks about, by the names of their arms. */
export const replayArm = 'replay, w = 0.3';
export const jointArm = 'joint replay';
export const regularizedArms = ['EWC', 'LwF', 'EWC, task known', 'LwF, task known'] as const;
export const rotationArm = 'replay, rotated digits';
/** Added after the first full run, which had shown that the first task was still being learnt when the second began. */
export const wellLearntArm = 'replay, rotated digits, first ones well learnt';

/** How deep a fall counts as a gap, and how small a one as none; shares of the test set. */
const gapAbove = 0.1;
const noneBelow = 0.02;

/** One of four arms may pass: each is asked at a quarter of the error, so that any of them errs in 5 % of the cases. */
const levelOfOneOfFour = 1 - 0.05 / regularizedArms.length;

export const claim: Claim = {
  paper: { number: 27, id: '2205.13452', name: 'The stability gap' },
  statement:
    'At the switch to a new task a learner’s accuracy on old tasks collapses and then recovers, with replay as with ' +
    'regularisation, even when all old data are replayed; evaluation at the ends of tasks does not see it.',
  rule: {
    confirmed:
      'The gap (the lowest accuracy on old tasks at ends of tasks, each task’s own end included, minus the lowest at ' +
      'any step since; the mean over old tasks) of replay with w = 0.3 has a 95 % interval over seeds above 0.10 and ' +
      'is larger than chance alone would show in a test set of this size; and so is above 0.10 the gap of EWC or of LwF, with tasks told apart or not (four chances, ' +
      'each at 98.75 %).',
    refuted:
      'The gap of replay has an interval that reaches 0.02 or less and ends below 0.10; or the gap of joint replay ' +
      'ends below 0.02 while that of replay is above 0.10, for then it is the small memory’s and not the switch’s.',
  },
  scale:
    'Five tasks of two digits each, a perceptron of 118,000 parameters, 100 steps a task; the paper trains longer, ' +
    'also on photographs and with convolutions. That the gap grows with the difference between tasks (digits rotated ' +
    'further) is measured beside it and does not move the verdict.',
  decide,
};

function decide(results: Results): Decision {
  const replay = seedInterval(valuesOf(results, replayArm, 'gap'));
  const joint = seedInterval(valuesOf(results, jointArm, 'gap'));
  const beyondChance = seedInterval(
    pairedDifferences(
      results,
      { arm: replayArm, metric: 'gap' },
      { arm: replayArm, metric: 'gap by chance' },
    ),
  );
  const regularized = regularizedArms.map((arm) => ({
    arm,
    gap: seedInterval(valuesOf(results, arm, 'gap'), levelOfOneOfFour),
  }));
  const growths = [
    { arm: rotationArm, where: '' },
    { arm: wellLearntArm, where: ', first task well learnt' },
  ].map(({ arm, where }) => ({ where, slope: seedInterval(valuesOf(results, arm, 'gap per 10°')) }));
  if (replay === undefined || beyondChance === undefined || joint === undefined) {
    return {
      verdict: 'undecided',
      sentence: 'Replay and joint replay need two finished seeds or more.',
      findings: [],
    };
  }

  const replayHolds = replay.low > gapAbove;
  const chanceHolds = beyondChance.low > 0;
  const holding = regularized.filter(({ gap }) => gap !== undefined && gap.low > gapAbove);
  const onlyMemory = replayHolds && joint.high < noneBelow;
  const refuted = (replay.low <= noneBelow && replay.high < gapAbove) || onlyMemory;
  const confirmed = replayHolds && chanceHolds && holding.length > 0 && !refuted;

  const findings: Finding[] = [
    {
      name: `gap of ${replayArm}`,
      estimate: replay.mean,
      low: replay.low,
      high: replay.high,
      criterion: 'interval above 0.10',
      holds: replayHolds,
    },
    {
      name: `gap of ${replayArm}, minus what chance alone shows`,
      estimate: beyondChance.mean,
      low: beyondChance.low,
      high: beyondChance.high,
      criterion: 'interval above 0',
      holds: chanceHolds,
    },
    {
      name: `gap of ${jointArm}`,
      estimate: joint.mean,
      low: joint.low,
      high: joint.high,
      criterion: 'not wholly below 0.02',
      holds: joint.high >= noneBelow,
    },
    ...regularized.flatMap(({ arm, gap }) =>
      gap === undefined
        ? []
        : [
            {
              name: `gap of ${arm} (98.75 %)`,
              estimate: gap.mean,
              low: gap.low,
              high: gap.high,
              criterion: 'interval above 0.10, for one of the four',
              holds: gap.low > gapAbove,
            },
          ],
    ),
    ...growths.flatMap(({ where, slope }) =>
      slope === undefined
        ? []
        : [
            {
              name: `growth of the gap per 10° of rotation${where}`,
              estimate: slope.mean,
              low: slope.low,
              high: slope.high,
              criterion: 'interval above 0; beside the verdict',
              holds: slope.low > 0,
            },
          ],
    ),
  ];
  const others =
    holding.length === 0
      ? 'neither EWC nor LwF has a gap above 10 points'
      : `a gap above 10 points is also seen with ${holding.map(({ arm }) => arm).join(' and ')}`;
  return {
    verdict: confirmed ? 'confirmed' : refuted ? 'refuted' : 'undecided',
    sentence:
      `Between the ends of tasks replay falls ${points(replay.mean)} points [${points(replay.low)}, ` +
      `${points(replay.high)}] below what their ends show, joint replay ${points(joint.mean)} ` +
      `[${points(joint.low)}, ${points(joint.high)}]; ${others}.`,
    findings,
  };
}

function points(share: number): string {
  return (100 * share).toFixed(0);
}

// The character model under one of the schedules: every arm of a seed starts from the same weights and sees the same
// batches, so that arms are paired.
import { tree } from '@jax-js/jax';
import { type DecoderParams, interpolateParams, pcg32, type Schedule } from '@offprint/methods';
import type { Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import { type CharacterModelShape, evaluator, initCharacterModel } from '../../language/character-model.ts';
import {
  type CharacterStream,
  cutText,
  spreadStarts,
  type Windows,
  windowsAt,
} from '../../language/character-stream.ts';
import { type CharacterState, characterTraining } from '../../language/character-training.ts';
import {
  type Budgets,
  cosineOracle,
  decaySteps,
  type Method,
  restartedCosine,
  stable,
  wsd,
  wsdSimplified,
} from './tried-schedules.ts';

export interface LanguageArm {
  readonly level: 'language';
  readonly method: Method;
  readonly peak: number;
  readonly budgets: Budgets;
  readonly shape: Omit<CharacterModelShape, 'vocabulary'>;
  /** Windows a step. */
  readonly batchSize: number;
  /** Windows that a loss in the metrics is the mean of, and those that a point of a curve is. */
  readonly judgedWindows: number;
  readonly curveWindows: number;
  /** Peaks are chosen on `validation`, what is reported comes from `test`. */
  readonly judgedOn: 'validation' | 'test';
}

/** A state's test loss along one stretch of training, at the multiples of a stride. */
interface Lane {
  readonly schedule: Schedule;
  readonly to: number;
  /** The curve that the points belong to; none when left out. */
  readonly curve?: string;
}

const interpolationPlaces = Array.from({ length: 11 }, (_, i) => i / 10);

/** @returns the losses at both budgets and, for WSD, what its decays and its valley look like */
export async function runLanguageArm(
  arm: LanguageArm,
  stream: CharacterStream,
  seed: number,
  report: Report,
): Promise<Metrics> {
  const { budgets, peak, method } = arm;
  const [first, second] = budgets.steps;
  const [decay1, decay2] = decaySteps(budgets);
  const bench = openBench(arm, stream, seed, report, stepsOf(arm));
  const start = (): CharacterState => bench.start();
  try {
    if (method === 'cosine') {
      const losses: number[] = [];
      for (const [i, total] of budgets.steps.entries()) {
        const lane = {
          schedule: cosineOracle(peak, budgets, total),
          to: total,
          curve: `loss to budget ${i + 1}`,
        };
        losses.push(await bench.judge(await bench.go(start(), 0, lane)));
      }
      return { 'loss at budget 1': losses[0] ?? Number.NaN, 'loss at budget 2': losses[1] ?? Number.NaN };
    }
    if (method !== 'WSD') {
      const schedule = method === 'WSD-S' ? wsdSimplified(peak, budgets) : restartedCosine(peak, budgets);
      const middle = await bench.go(start(), 0, { schedule, to: first, curve: 'loss' });
      const lossAtFirst = await bench.judge(tree.ref(middle));
      const end = await bench.go(middle, first, { schedule, to: second, curve: 'loss' });
      return { 'loss at budget 1': lossAtFirst, 'loss at budget 2': await bench.judge(end) };
    }
    const main = stable(peak, budgets);
    const fork1 = first - decay1;
    const fork2 = second - decay2;
    const before1 = await bench.go(start(), 0, { schedule: main, to: fork1, curve: 'loss' });
    const decayed1 = await bench.go(tree.ref(before1), fork1, {
      schedule: wsd(peak, budgets, first, decay1),
      to: first,
      curve: 'loss in decay 1',
    });
    const lossBefore1 = await bench.judge(tree.ref(before1));
    const lossAt1 = await bench.judge(decayed1);
    const stable1 = await bench.go(tree.ref(before1), fork1, { schedule: main, to: first, curve: 'loss' });
    const lossStable1 = await bench.judge(tree.ref(stable1));
    // What the first decay cost is taken off here: as many steps in all as the arms that never roll back.
    const earlier = fork2 - decay1;
    const atEarlier = await bench.go(stable1, first, { schedule: main, to: earlier, curve: 'loss' });
    const decayedEarlier = await bench.go(tree.ref(atEarlier), earlier, {
      schedule: wsd(peak, budgets, earlier + decay2, decay2),
      to: earlier + decay2,
    });
    const lossEqualSteps = await bench.judge(decayedEarlier);
    const before2 = await bench.go(atEarlier, earlier, { schedule: main, to: fork2, curve: 'loss' });
    const lossBefore2 = await bench.judge(tree.ref(before2));
    const decayed2 = await bench.go(tree.ref(before2), fork2, {
      schedule: wsd(peak, budgets, second, decay2),
      to: second,
      curve: 'loss in decay 2',
    });
    const lossAt2 = await bench.judge(tree.ref(decayed2));
    const stable2 = await bench.go(tree.ref(before2), fork2, { schedule: main, to: second, curve: 'loss' });
    const lossStable2 = await bench.judge(stable2);
    const river = await bench.line('between stable checkpoints', before1.params, before2.params);
    const fall = await bench.line('through the decay', before2.params, decayed2.params);
    for (const state of [before1, before2, decayed2]) tree.dispose(state);
    return {
      'loss at budget 1': lossAt1,
      'loss at budget 2': lossAt2,
      'loss at budget 2, equal steps in all': lossEqualSteps,
      'drop in decay 1': lossBefore1 - lossAt1,
      'drop in decay 2': lossBefore2 - lossAt2,
      'drop in stable steps 1': lossBefore1 - lossStable1,
      'drop in stable steps 2': lossBefore2 - lossStable2,
      'above the chord between stable checkpoints': highestAboveChord(river),
      'largest rise through the decay': Math.max(...rises(fall)),
    };
  } finally {
    bench.dispose();
  }
}

/** How many training steps an arm takes in all. */
function stepsOf({ method, budgets }: LanguageArm): number {
  const [first, second] = budgets.steps;
  const [decay1, decay2] = decaySteps(budgets);
  return {
    WSD: second + decay1 + 2 * decay2,
    'WSD-S': second,
    'cyclic cosine': second,
    cosine: first + second,
  }[method];
}

/** What a run trains and judges with; everything here is derived from the arm and the seed. */
function openBench(
  arm: LanguageArm,
  stream: CharacterStream,
  seed: number,
  report: Report,
  allSteps: number,
) {
  const { context } = arm.shape;
  const shape = { ...arm.shape, vocabulary: stream.vocabulary.length };
  const [train, validation, test] = cutText(stream.tokens.length, [0.8, 0.9]);
  const judged = arm.judgedOn === 'test' ? test : validation;
  if (train === undefined || judged === undefined) throw new RangeError('A text has three parts.');
  const starts = pcg32(seed, 1);
  const room = train.to - train.from - context;
  const batches: Windows[] = Array.from({ length: arm.budgets.steps[1] }, () =>
    windowsAt(
      stream.tokens,
      Array.from({ length: arm.batchSize }, () => train.from + starts.nextBelow(room)),
      context,
    ),
  );
  const windows = (count: number): Windows =>
    windowsAt(stream.tokens, spreadStarts(judged, count, context), context);
  const all = windows(arm.judgedWindows);
  const few = windows(arm.curveWindows);
  const training = characterTraining(shape);
  const judge = evaluator(shape, arm.curveWindows);
  const stride = Math.max(1, arm.budgets.steps[0] / 10);
  let done = 0;
  return {
    start: (): CharacterState => training.start(initCharacterModel(pcg32(seed, 0), shape)),
    /** @param state consumed */
    judge: async (state: CharacterState): Promise<number> => {
      const loss = await judge.meanLoss(state.params, all);
      tree.dispose(state);
      return loss;
    },
    /** @param start consumed */
    go: async (
      start: CharacterState,
      from: number,
      { schedule, to, curve }: Lane,
    ): Promise<CharacterState> => {
      let state = start;
      for (let at = from; at < to; ) {
        const next = Math.min(to, (Math.floor(at / stride) + 1) * stride);
        const onStep = (): void => report.progress(++done / allSteps);
        const batchAt = (step: number): Windows => batches[step] ?? all;
        state = await training.train(state, { from: at, to: next, schedule, batchAt, onStep });
        at = next;
        if (curve !== undefined) report.point(curve, at, await judge.meanLoss(state.params, few));
      }
      return state;
    },
    /** Losses on the line between two sets of parameters, which are kept. */
    line: async (curve: string, from: DecoderParams, to: DecoderParams): Promise<number[]> => {
      const losses: number[] = [];
      for (const place of interpolationPlaces) {
        const point = interpolateParams(tree.ref(from), tree.ref(to), place);
        const loss = await judge.meanLoss(point, few);
        tree.dispose(point);
        report.point(curve, place, loss);
        losses.push(loss);
      }
      return losses;
    },
    dispose: (): void => {
      training.dispose();
      judge.dispose();
    },
  };
}

/** How far a curve rises above the straight line between its ends, at most; below 0 for a valley. */
function highestAboveChord(losses: readonly number[]): number {
  const last = losses.length - 1;
  const [from = 0] = losses;
  const to = losses[last] ?? 0;
  return Math.max(...losses.slice(1, last).map((loss, i) => loss - from - ((to - from) * (i + 1)) / last));
}

function rises(losses: readonly number[]): number[] {
  return losses.slice(1).map((loss, i) => loss - (losses[i] ?? 0));
}

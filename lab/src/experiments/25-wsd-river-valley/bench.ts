// What an arm of the character model trains and is judged with: the same weights, batches and windows for all arms of
// a seed.
import { tree } from '@jax-js/jax';
import { type DecoderParams, interpolateParams, pcg32, type Schedule } from '@offprint/methods';
import type { Report } from '../../experiment/experiment.ts';
import { type CharacterModelShape, evaluator, initCharacterModel } from '../../language/character-model.ts';
import {
  type CharacterStream,
  cutText,
  spreadStarts,
  type Windows,
  windowsAt,
} from '../../language/character-stream.ts';
import { type CharacterState, characterTraining } from '../../language/character-training.ts';
import type { Budgets, Method } from './tried-schedules.ts';

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

/** A stretch of training. */
export interface Lane {
  readonly schedule: Schedule;
  readonly to: number;
  /** The curve that the points belong to; none when left out. */
  readonly curve?: string;
}

const interpolationPlaces = Array.from({ length: 11 }, (_, i) => i / 10);

/** What a run trains and judges with; everything here is derived from the arm and the seed. */
export function openBench(
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

// One model on one mixture: half of every batch unique, the other half a slice that is repeated, or nothing.
import { tree } from '@jax-js/jax';
import { cyclicCosine, pcg32, repeatedDataStream } from '@offprint/methods';
import type { Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import {
  blockParameters,
  type CharacterModelShape,
  evaluator,
  initCharacterModel,
} from '../../language/character-model.ts';
import {
  type CharacterStream,
  cutText,
  type Span,
  spreadStarts,
  type Windows,
  windowsAt,
  windowsIn,
} from '../../language/character-stream.ts';
import { characterTraining } from '../../language/character-training.ts';
import { bestPrefixMatching, copyTest, copyWindows } from '../../language/copying-tests.ts';

export interface Cell {
  /** R, how many times the slice is seen; 1 repeats nothing, `deleted` leaves the slice's half of each batch out. */
  readonly repeats: number | 'deleted';
  readonly shape: Omit<CharacterModelShape, 'vocabulary'>;
  /** Windows a step, half of them from the slice. */
  readonly batchSize: number;
  readonly steps: number;
  readonly warmup: number;
  readonly peak: number;
  /** Windows that a loss in the metrics is the mean of, and those that a point of a curve is. */
  readonly judgedWindows: number;
  readonly curveWindows: number;
  /** The band is located on `validation`, what is reported comes from `test`. */
  readonly judgedOn: 'validation' | 'test';
}

/** f: the share of the stream that the slice makes up. */
export const fraction = 0.5;

/** A context full of copies in the copy test. */
const copies = 4;

/** The parts of the text: unique data, slices, and two that are never trained on. */
function regions(length: number): { unique: Span; slices: Span; validation: Span; test: Span } {
  const [unique, slices, validation, test] = cutText(length, [0.55, 0.8, 0.9]);
  if (unique === undefined || slices === undefined || validation === undefined || test === undefined) {
    throw new RangeError('A text has four parts.');
  }
  return { unique, slices, validation, test };
}

export async function runCell(
  cell: Cell,
  { vocabulary, tokens }: CharacterStream,
  seed: number,
  report: Report,
): Promise<Metrics> {
  const { context } = cell.shape;
  const shape = { ...cell.shape, vocabulary: vocabulary.length };
  const parts = regions(tokens.length);
  const judged = parts[cell.judgedOn];
  const { slice, unique, repeated } = repeatedDataStream(
    { unique: windowsIn(parts.unique, context), repeated: windowsIn(parts.slices, context) },
    {
      fraction,
      repeats: cell.repeats === 'deleted' ? 1 : cell.repeats,
      batchSize: cell.batchSize,
      steps: cell.steps,
      seed,
    },
  );
  const startsIn = (span: Span, indices: Int32Array): number[] =>
    Array.from(indices, (index) => span.from + index * context);
  const batchAt = (step: number): Windows => {
    const once = startsIn(parts.unique, unique[step] ?? new Int32Array());
    const again =
      cell.repeats === 'deleted' ? [] : startsIn(parts.slices, repeated[step] ?? new Int32Array());
    return windowsAt(tokens, [...once, ...again], context);
  };
  const windows = (count: number): Windows =>
    windowsAt(tokens, spreadStarts(judged, count, context), context);
  const few = windows(cell.curveWindows);
  const sliceWindows = windowsAt(tokens, startsIn(parts.slices, slice.slice(0, cell.curveWindows)), context);

  const training = characterTraining(shape);
  const judge = evaluator(shape, cell.curveWindows);
  try {
    let state = training.start(initCharacterModel(pcg32(seed, 0), shape));
    const parameters = blockParameters(state.params);
    const schedule = cyclicCosine({ peak: cell.peak, warmup: cell.warmup, cycleEnds: [cell.steps] });
    const stride = cell.steps / 10;
    for (let from = 0; from < cell.steps; from += stride) {
      const onStep = (step: number): void => report.progress((step + 1) / cell.steps);
      state = await training.train(state, { from, to: from + stride, schedule, batchAt, onStep });
      report.point('test loss', from + stride, await judge.meanLoss(state.params, few));
      report.point('slice loss', from + stride, await judge.meanLoss(state.params, sliceWindows));
    }
    const segmentLength = context / copies;
    const perCopy = await copyTest(
      judge,
      state.params,
      copyWindows(tokens, spreadStarts(judged, cell.curveWindows, segmentLength), { segmentLength, copies }),
      segmentLength,
    );
    const metrics = {
      'test loss': await judge.meanLoss(state.params, windows(cell.judgedWindows)),
      'slice loss': await judge.meanLoss(state.params, sliceWindows),
      'loss of the first copy': perCopy[0] ?? Number.NaN,
      'copy gain': (perCopy[0] ?? Number.NaN) - (perCopy.at(-1) ?? Number.NaN),
      'prefix matching': await bestPrefixMatching(state.params, shape, seed),
      parameters,
    };
    tree.dispose(state);
    return metrics;
  } finally {
    training.dispose();
    judge.dispose();
  }
}

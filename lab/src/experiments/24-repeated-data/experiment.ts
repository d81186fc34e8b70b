// Paper 24 at three sizes: mixtures by the number of repeats, the deleted slice, and smaller models as a ruler.
import { defineExperiment, type Plan } from '../../experiment/experiment.ts';
import { characterStream } from '../../language/character-stream.ts';
import { deletedArm, repeatsArm, repeatsTried, rulerArm, rulerWidths, width } from './cell-names.ts';
import { type Cell, runCell } from './cells.ts';
import { plots } from './plots.ts';

type Common = Omit<Cell, 'repeats' | 'shape' | 'judgedOn'> & {
  readonly context: number;
  readonly layers: number;
};

function plan(options: {
  common: Common;
  width: number;
  rulerWidths: readonly number[];
  repeats: readonly number[];
  seeds: number;
  secondsPerRun: number;
}): Plan<Cell> {
  const { context, layers, ...common } = options.common;
  const cell = (repeats: Cell['repeats'], ofWidth: number): Cell => ({
    ...common,
    repeats,
    shape: { width: ofWidth, layers, heads: 2, context },
    judgedOn: 'test',
  });
  return {
    arms: Object.fromEntries([
      ...options.repeats.map((repeats) => [repeatsArm(repeats), cell(repeats, options.width)]),
      [deletedArm, cell('deleted', options.width)],
      ...options.rulerWidths.map((ofWidth) => [rulerArm(ofWidth), cell(1, ofWidth)]),
    ]),
    seeds: options.seeds,
    secondsPerRun: options.secondsPerRun,
  };
}

const common = {
  context: 64,
  layers: 2,
  batchSize: 8,
  steps: 500,
  warmup: 20,
  peak: 0.003,
  judgedWindows: 256,
  curveWindows: 32,
} as const;

export const experiment = defineExperiment<Cell>({
  id: '24-repeated-data',
  data: ['moby-dick'],
  plans: {
    smoke: plan({
      common: {
        ...common,
        context: 32,
        layers: 1,
        steps: 50,
        warmup: 5,
        judgedWindows: 16,
        curveWindows: 16,
      },
      width: 16,
      rulerWidths: [],
      repeats: [1, 100],
      seeds: 1,
      secondsPerRun: 1,
    }),
    short: plan({ common, width, rulerWidths: [], repeats: [1, 200, 1000], seeds: 2, secondsPerRun: 12 }),
    full: plan({ common, width, rulerWidths, repeats: repeatsTried, seeds: 6, secondsPerRun: 11 }),
  },
  live: {
    series: 'test loss',
    title: 'Loss on unseen text',
    xLabel: 'step',
    yLabel: 'nats a character',
  },
  run: async (cell, seed, report, data) =>
    await runCell(cell, characterStream((await data.open('moby-dick')).text), seed, report),
  plots,
});

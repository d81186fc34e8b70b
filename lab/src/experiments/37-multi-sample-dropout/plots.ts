// What is seen in paper 37's results: the race by iterations, the same race by the clock, and where it ends.
import { mean } from '@offprint/methods';
import { drawnIntervals } from '../../experiment/drawn-intervals.ts';
import {
  armsOf,
  meanSeries,
  type Results,
  type Series,
  seriesOf,
  valuesOf,
} from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { armName, type Trunk, trunks } from './claim.ts';

export function plots(results: Results): readonly Plot[] {
  return [
    ...trunks.flatMap((trunk) => [race(results, trunk, 'iterations'), race(results, trunk, 'seconds')]),
    ...trunks.map((trunk) => errors(results, trunk)),
  ];
}

/** By which clock a race is told. */
export type Clock = 'iterations' | 'seconds';

/** Training loss, mean over seeds, of one and of several masks. */
export function race(results: Results, trunk: Trunk, clock: Clock): Plot {
  const arms = armsOf(results).filter((arm) => /, M = \d+$/.test(arm) && arm.startsWith(`${trunk},`));
  return {
    title: `${name(trunk)}: training loss by ${clock}`,
    caption:
      clock === 'iterations'
        ? 'Loss without dropout, mean over seeds; every arm has the learning rate that suited it best.'
        : 'The same curves by the seconds that the steps took on the machine of the run: here is paid what a step of more masks costs.',
    x: { label: clock },
    y: { label: 'nats', scale: 'log' },
    marks: arms.map((arm): Mark => ({ kind: 'line', name: arm, ...curve(results, arm, clock) })),
  };
}

function curve(results: Results, arm: string, clock: Clock): { x: number[]; y: number[] } {
  const losses = meanSeries(seriesOf(results, 'training loss', arm));
  if (clock === 'iterations') return losses;
  const seconds = mean(valuesOf(results, arm, 'milliseconds a step')) / 1000;
  return { x: losses.x.map((iteration) => iteration * seconds), y: losses.y };
}

function errors(results: Results, trunk: Trunk): Plot {
  const arms = armsOf(results).filter((arm) => arm.startsWith(`${trunk},`));
  const errorsOf = (arm: string): number[] =>
    valuesOf(results, arm, 'test error').map((value) => 100 * value);
  return {
    title: `${name(trunk)}: test error at the end`,
    caption:
      trunk === 'mlp'
        ? 'Means with 95 % intervals over seeds. One mask trained longer, or with twice the batch, takes the arithmetic of eight.'
        : 'Means with 95 % intervals over seeds. One mask trained longer takes the arithmetic of eight.',
    x: { label: 'arm', scale: 'category' },
    y: { label: 'misread test pictures, %' },
    marks: [
      {
        kind: 'bars',
        name: 'test error',
        x: arms.map((arm) => arm.slice(trunk.length + 2)),
        ...drawnIntervals(arms.map(errorsOf)),
      },
    ],
  };
}

function name(trunk: Trunk): string {
  return trunk === 'mlp' ? 'A perceptron' : 'Convolutions';
}

/** The curves of one mask and of several, for the page. */
export function hasRace(results: Results | undefined, trunk: Trunk): results is Results {
  const series: Series[] = results === undefined ? [] : seriesOf(results, 'training loss', armName(trunk, 1));
  return series.length > 0;
}

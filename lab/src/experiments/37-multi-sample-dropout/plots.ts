// What is seen in paper 37's results: the race by iterations, the same race by the clock, and where it ends.
import { mean, tInterval } from '@offprint/methods';
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
    errors(results),
  ];
}

/** By which clock a race is told. */
export type Clock = 'iterations' | 'seconds';

/** Training loss, mean over seeds, of one and of several masks. */
export function race(results: Results, trunk: Trunk, clock: Clock): Plot {
  const arms = armsOf(results).filter((arm) => /, M = \d+$/.test(arm) && arm.startsWith(`${trunk},`));
  return {
    title: `${trunk === 'mlp' ? 'A perceptron' : 'Convolutions'}: training loss by ${clock}`,
    caption:
      clock === 'iterations'
        ? 'Loss without dropout, mean over seeds: more masks need fewer steps.'
        : 'The same curves by the seconds that the steps took on the machine of the run: what a step costs more is paid here.',
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

function errors(results: Results): Plot {
  const arms = armsOf(results);
  const intervals = arms.map((arm) => {
    const values = valuesOf(results, arm, 'test error').map((value) => 100 * value);
    const [only = Number.NaN] = values;
    return values.length >= 2 && values.every(Number.isFinite)
      ? tInterval(values)
      : { mean: only, low: only, high: only };
  });
  return {
    title: 'Test error at the end',
    caption: 'Means with 95 % intervals over seeds.',
    x: { label: 'arm', scale: 'category' },
    y: { label: 'misread test pictures, %' },
    marks: [
      {
        kind: 'bars',
        name: 'test error',
        x: arms,
        y: intervals.map(({ mean }) => mean),
        low: intervals.map(({ low }) => low),
        high: intervals.map(({ high }) => high),
      },
    ],
  };
}

/** The curves of one mask and of several, for the page. */
export function hasRace(results: Results | undefined, trunk: Trunk): results is Results {
  const series: Series[] = results === undefined ? [] : seriesOf(results, 'training loss', armName(trunk, 1));
  return series.length > 0;
}

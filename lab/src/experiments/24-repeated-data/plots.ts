// What the runs of paper 24 look like: the hump over repeats, and how it comes about in training.
import { mean } from '@offprint/methods';
import { meanSeries, type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import { seedInterval } from '../../experiment/seed-interval.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { deletedArm, repeatsArm, repeatsTried } from './cell-names.ts';
import { sizeRatios } from './size-ratios.ts';

export function plots(results: Results): Plot[] {
  const deleted = valuesOf(results, deletedArm, 'test loss');
  const hump: Plot = {
    title: 'Loss on unseen text over the number of repeats',
    caption:
      'Half of the stream is a slice seen R times, so the more often it is seen the shorter it is. Means over seeds ' +
      'with 95 % intervals; the line is the loss with the slice deleted.',
    x: { label: 'repeats of the slice', scale: 'log' },
    y: { label: 'nats a character' },
    marks: [
      ...dots('unseen text', (arm) => valuesOf(results, arm, 'test loss')),
      ...(deleted.length === 0
        ? []
        : [{ kind: 'rule', axis: 'y', at: mean(deleted), label: 'slice deleted' } satisfies Mark]),
    ],
  };
  const byHeart: Plot = {
    title: 'Loss on the slice itself over the number of repeats',
    caption: 'How far the slice has been learned by heart. Means over seeds with 95 % intervals.',
    x: { label: 'repeats of the slice', scale: 'log' },
    y: { label: 'nats a character' },
    marks: dots('the slice itself', (arm) => valuesOf(results, arm, 'slice loss')),
  };
  const worth: Plot = {
    title: 'What the model is worth, in parameters',
    caption:
      'The size that reaches the same loss without repetition, as a share of the size that was trained; geometric ' +
      'means with 95 % intervals. Below 0.12, the smallest model of the ruler, the law is stretched beyond what it was ' +
      'fitted to.',
    x: { label: 'repeats of the slice', scale: 'log' },
    y: { label: 'effective size / size', scale: 'log' },
    marks: dots('effective size', (arm) => sizeRatios(results, arm), 'log'),
  };
  const course: Plot = {
    title: 'Unseen text while training goes on',
    caption: 'How unseen text fares while training goes on, by the number of repeats. Means over seeds.',
    x: { label: 'step' },
    y: { label: 'nats a character' },
    marks: [...repeatsTried.map(repeatsArm), deletedArm].flatMap((arm) =>
      courseLine(results, arm, 'test loss'),
    ),
  };
  return [hump, course, byHeart, worth].filter(({ marks }) => marks.some(({ kind }) => kind !== 'rule'));
}

/** How both losses of one arm go; the slice's dashed. */
export function courseOf(results: Results, arm: string): Plot {
  return {
    title: `Both losses at ${arm}`,
    caption: 'Unseen text, and the slice that is repeated: mean over seeds.',
    x: { label: 'step' },
    y: { label: 'nats a character' },
    marks: [
      ...courseLine(results, arm, 'test loss', 'unseen text'),
      ...courseLine(results, arm, 'slice loss', 'the slice itself', true),
    ],
  };
}

function courseLine(results: Results, arm: string, series: string, name = arm, dashed = false): Mark[] {
  const found = seriesOf(results, series, arm);
  return found.length === 0 ? [] : [{ kind: 'line', name, ...meanSeries(found), dashed }];
}

/** Mean and interval over seeds for every R that has values; of their logarithms on a logarithmic scale. */
function dots(name: string, of: (arm: string) => number[], scale: 'linear' | 'log' = 'linear'): Mark[] {
  const [to, back] = scale === 'log' ? [Math.log, Math.exp] : [Number, Number];
  const found = repeatsTried.flatMap((repeats) => {
    const values = of(repeatsArm(repeats)).map(to).filter(Number.isFinite);
    if (values.length === 0) return [];
    const centre = mean(values);
    const { low, high } = seedInterval(values) ?? { low: centre, high: centre };
    return [{ repeats, centre: back(centre), low: back(low), high: back(high) }];
  });
  if (found.length === 0) return [];
  return [
    {
      kind: 'line',
      name,
      x: found.map(({ repeats }) => repeats),
      y: found.map(({ centre }) => centre),
    },
    {
      kind: 'dots',
      name,
      x: found.map(({ repeats }) => repeats),
      y: found.map(({ centre }) => centre),
      low: found.map(({ low }) => low),
      high: found.map(({ high }) => high),
    },
  ];
}

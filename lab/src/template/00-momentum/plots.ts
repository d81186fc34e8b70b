// How the results are drawn. Apart from the run, so that a caption can be corrected without running again.
import { armsOf, meanSeries, type Results, seriesOf } from '../../experiment/results.ts';
import type { Plot } from '../../plot/plot.ts';

export function plots(results: Results): readonly Plot[] {
  return [
    {
      title: 'The way down',
      caption: 'Mean over seeds, at half of the rate at which plain descent diverges.',
      x: { label: 'step' },
      y: { label: 'log10 loss' },
      marks: armsOf(results).map((arm) => ({
        kind: 'line',
        name: arm,
        ...meanSeries(seriesOf(results, 'loss', arm)),
      })),
    },
  ];
}

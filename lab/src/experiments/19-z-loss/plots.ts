// The plots of finished results: what each loss misses at each k, and what a step costs.
import { mean, tInterval } from '@offprint/methods';
import { type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { costArm, softmaxArm, sphericalArms, zArm } from './claim.ts';
import { ks } from './misses.ts';

export function plots(results: Results): readonly Plot[] {
  return [missPlot(results), ...costPlot(results)];
}

function missPlot(results: Results): Plot {
  const base = meanErrors(results, softmaxArm);
  const marks = [zArm, ...sphericalArms].flatMap((arm): Mark[] => {
    const errors = meanErrors(results, arm);
    return errors.length === 0 || base.length === 0
      ? []
      : [
          {
            kind: 'line',
            name: arm,
            x: [...ks],
            y: errors.map((error, i) => error - (base[i] ?? Number.NaN)),
          },
        ];
  });
  return {
    title: 'Words missed among the first k, against log-softmax',
    caption:
      'Percentage points of test words more (above 0) or fewer (below) than log-softmax misses; mean over seeds. Every loss with what validation chose for that k.',
    x: { label: 'k', scale: 'log' },
    y: { label: 'top-k error minus that of log-softmax, points' },
    marks: [...marks, { kind: 'rule', axis: 'y', at: 0, label: 'log-softmax' }],
  };
}

/** For each k the arm's error in %, mean over seeds; none where it was not trained. */
function meanErrors(results: Results, arm: string): number[] {
  return ks.flatMap((k) => {
    const errors = valuesOf(results, arm, `top-${k} error, %`);
    return errors.length === 0 ? [] : [mean(errors)];
  });
}

/** Milliseconds a step against the number of classes; nothing before it was measured. */
export function costPlot(results: Results): Plot[] {
  const marks = (['dense', 'factored'] as const).flatMap((kind): Mark[] => {
    const [series] = seriesOf(results, `${kind} step, ms`, costArm);
    if (series === undefined) return [];
    const classes = [...new Set(series.x)];
    const intervals = classes.map((count) => {
      const times = series.y.filter((_, i) => series.x[i] === count);
      return times.length < 2 ? { mean: times[0] ?? Number.NaN } : tInterval(times.map(Math.log));
    });
    return [
      { kind: 'line', name: kind, x: classes, y: intervals.map(({ mean: centre }) => Math.exp(centre)) },
    ];
  });
  if (marks.length === 0) return [];
  return [
    {
      title: 'What a training step of the output layer costs',
      caption:
        'The dense layer touches every class; the factored one only the classes of the batch, and its weights are the same to rounding.',
      x: { label: 'classes', scale: 'log' },
      y: { label: 'milliseconds a step', scale: 'log' },
      marks,
    },
  ];
}

// What the results look like: the ladder, small test against truth, the luck of small tests, and focal loss's threshold.
import { mean } from '@offprint/methods';
import { drawnIntervals } from '../../experiment/drawn-intervals.ts';
import { armsOf, meanSeries, type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { headline } from './headline.ts';
import { type Loss, underLoss } from './losses.ts';
import { powerSeries, recallByAlarmsSeries } from './series.ts';

export function plots(results: Results): readonly Plot[] {
  const drawn = ({ marks }: Plot): boolean =>
    marks.some((mark) => mark.kind !== 'rule' && mark.kind !== 'cells' && mark.x.length > 0);
  return [ladder(results), smallAgainstTruth(results), power(results), alarms(results)].filter(drawn);
}

function bars(results: Results, name: string, metric: string): Mark {
  const arms = armsOf(results);
  return {
    kind: 'bars',
    name,
    x: arms,
    ...drawnIntervals(arms.map((arm) => valuesOf(results, arm, metric))),
  };
}

function ladder(results: Results): Plot {
  return {
    title: 'AUROC on 4,000 patients',
    caption:
      'Each model trained on the same draws of 442 patients; bars are means, lines 95 % intervals over the draws. Chance is .5.',
    x: { label: 'model', scale: 'category' },
    y: { label: 'AUROC', domain: [0, 0.8] },
    marks: [bars(results, 'AUROC', 'auroc'), { kind: 'rule', axis: 'y', at: 0.5, label: 'chance' }],
  };
}

function smallAgainstTruth(results: Results): Plot {
  const marks: Mark[] = armsOf(results).map((arm) => {
    const x = valuesOf(results, arm, 'weightedRecall');
    return { kind: 'dots', name: arm, x, y: valuesOf(results, arm, 'smallWeightedRecall') };
  });
  return {
    title: 'What 88 test patients say, against the truth',
    caption:
      'Each dot is a model under one draw: its weighted recall on 4,000 patients across, on the draw’s own 88 up. The dots spread far more upwards than across: a ranking by the small test is mostly luck.',
    x: { label: 'weighted recall on 4,000 patients', domain: [0.7, 0.9] },
    y: { label: 'weighted recall on 88 patients', domain: [0.7, 0.9] },
    marks: [...marks, { kind: 'rule', axis: 'y', at: headline.weightedRecall, label: 'the paper’s best' }],
  };
}

function power(results: Results): Plot {
  const marks = armsOf(results).flatMap((arm): Mark[] => {
    const series = seriesOf(results, powerSeries, arm);
    if (series.length === 0) return [];
    return [{ kind: 'line', name: arm, ...meanSeries(series) }];
  });
  return {
    title: 'How often a test of so many patients tells a model from the bag of words',
    caption:
      'The models’ true disagreement on 4,000 patients, and how often McNemar’s test at 5 % would find a difference in accuracy with fewer. Simulated, mean over the draws.',
    x: { label: 'test patients', scale: 'log' },
    y: { label: 'power', domain: [0, 1] },
    marks: [...marks, { kind: 'rule', axis: 'x', at: 88, label: 'a fifth of 442' }],
  };
}

function alarms(results: Results): Plot {
  const curves = armsOf(results)
    .filter((arm) => arm !== 'majority')
    .flatMap((arm) => lossesTried.map((loss) => ({ arm, loss })))
    .flatMap(({ arm, loss }) => {
      const curve = meanSeries(seriesOf(results, underLoss(loss, recallByAlarmsSeries), arm));
      if (curve.x.length === 0) return [];
      return [
        {
          name: loss === 'cross-entropy' ? arm : `${arm}, ${loss}`,
          curve,
          alarms: mean(valuesOf(results, arm, underLoss(loss, 'alarms'))),
          recall: mean(valuesOf(results, arm, underLoss(loss, 'eventRecall'))),
          dashed: loss !== 'cross-entropy',
        },
      ];
    });
  return {
    title: 'Deaths found, by how many patients raise an alarm',
    caption:
      'Lines are what any threshold could bring, dots what a threshold of ½ does. A loss that only moves the dot along its line has moved the threshold; a better model has a higher line. Mean over the draws.',
    x: { label: 'patients with an alarm', domain: [0, 1] },
    y: { label: 'deaths found', domain: [0, 1] },
    marks: curves.flatMap(({ name, curve, alarms: x, recall: y, dashed }): Mark[] => [
      { kind: 'line', name, ...curve, dashed },
      { kind: 'dots', name, x: [x], y: [y] },
    ]),
  };
}

const lossesTried: readonly Loss[] = ['cross-entropy', 'focal', 'weighted'];

// The plots of the finished runs of paper 27.

import { drawnIntervals } from '../../experiment/drawn-intervals.ts';
import { armsOf, meanSeries, type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { jointArm, replayArm, rotationArm, wellLearntArm } from './claim.ts';
import { lastSwitch } from './last-switch.ts';
import { shortName } from './short-name.ts';

const periodLabels = {
  'min-ACC': 'every step',
  'min-ACC every 10': '10',
  'min-ACC every 50': '50',
  'min-ACC at ends': 'ends',
};

export function plots(results: Results): readonly Plot[] {
  return [afterTheSwitch(results), lowestByPeriod(results), byAngle(results)];
}

function afterTheSwitch(results: Results): Plot {
  const shown = ['fine-tune', replayArm, jointArm, 'EWC, task known', 'LwF, task known'];
  return {
    title: 'The task before, while the last one is learnt',
    caption:
      'Accuracy on the task before after each step on the last one, the mean over seeds. Learners that end high fall ' +
      'first: the ends of tasks, the only points usually looked at, do not show it.',
    x: { label: 'step since the switch' },
    y: { label: 'accuracy on the task before', domain: [0, 1] },
    marks: shown.flatMap((arm): Mark[] => {
      const { x, y } = meanSeries(seriesOf(results, lastSwitch, arm));
      return x.length === 0 ? [] : [{ kind: 'line', name: shortName(arm), x, y }];
    }),
  };
}

function lowestByPeriod(results: Results): Plot {
  const arms = armsOf(results).filter((arm) => valuesOf(results, arm, 'min-ACC').length > 0);
  return {
    title: 'The lowest accuracy, by how often one looks',
    caption:
      'The mean over old tasks of the lowest accuracy after they were learnt, with 95 % intervals over seeds: looking ' +
      'at every step, every 10th, every 50th, or at ends of tasks alone.',
    x: { label: 'learner', scale: 'category' },
    y: { label: 'min-ACC', domain: [0, 1] },
    marks: Object.entries(periodLabels).map(
      ([metric, name]): Mark => ({
        kind: 'bars',
        name,
        x: arms.map(shortName),
        ...drawnIntervals(arms.map((arm) => valuesOf(results, arm, metric))),
      }),
    ),
  };
}

function byAngle(results: Results): Plot {
  return {
    title: 'How far the next task is turned, how deep the fall',
    caption:
      'Gap on upright digits while turned ones are learnt with replay; means and 95 % intervals over seeds. The fall ' +
      'grows with the angle where the upright digits had been learnt well before; where they were still being learnt ' +
      'there is none.',
    x: { label: 'rotation of the second task, degrees' },
    y: { label: 'gap' },
    marks: [rotationArm, wellLearntArm].map((arm) => gapsByAngle(results, arm)),
  };
}

function gapsByAngle(results: Results, arm: string): Mark {
  const metrics = Object.keys(results.runs.find((run) => run.arm === arm)?.metrics ?? {});
  const angles = metrics.flatMap((metric) => {
    const degrees = /^gap at (\d+)°$/.exec(metric)?.[1];
    return degrees === undefined ? [] : [Number(degrees)];
  });
  return {
    kind: 'dots',
    name: shortName(arm),
    x: angles,
    ...drawnIntervals(angles.map((degrees) => valuesOf(results, arm, `gap at ${degrees}°`))),
  };
}

// Look less often at a learner, and watch its fall disappear.
import { definePage } from '../../experiment/live-page.ts';
import { meanSeries, type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import type { Mark } from '../../plot/plot.ts';
import { jointArm, replayArm } from './claim.ts';
import { lastSwitch } from './last-switch.ts';
import { shortName } from './short-name.ts';

/** The learners to choose from, by the names of their arms. */
const learners = {
  'replay, w = 0.1': 'Replay, new examples weigh 0.1',
  [replayArm]: 'Replay, new examples weigh 0.3',
  'replay, w = 0.5': 'Replay, new examples weigh 0.5',
  'replay, w = 0.3, rate 0.1': 'Replay, ten times the learning rate',
  [jointArm]: 'All old data replayed',
  'fine-tune': 'No memory at all',
  'LwF, task known': 'LwF, told which task',
  'EWC, task known': 'EWC, told which task',
} as const;

export const page = definePage({
  invitation:
    'A learner that knows the digits up to 7 begins to learn 8 and 9. Looked at every 100 steps it seems to forget little; look more often.',
  controls: {
    every: { kind: 'range', label: 'Look every', min: 1, max: 100, step: 1, initial: 100, unit: 'steps' },
    learner: { kind: 'choice', label: 'Learner', options: learners, initial: replayArm },
  },
  draw: ({ every, learner }, results) => {
    const { x, y } = taskBefore(results, learner);
    const seen = x.flatMap((step, i) => (step % every === 0 || i === x.length - 1 ? [i] : []));
    const looked = { x: seen.map((i) => x[i] ?? 0), y: seen.map((i) => y[i] ?? Number.NaN) };
    const lowest = Math.min(...looked.y);
    const truly = Math.min(...y);
    const marks: Mark[] = [
      { kind: 'line', name: `every ${every === 1 ? 'step' : `${every} steps`}`, ...looked },
      { kind: 'dots', name: 'a look', ...looked },
      ...(every === 1
        ? []
        : [{ kind: 'rule', axis: 'y', at: truly, label: 'the lowest there was' } as const]),
    ];
    return [
      {
        title: 'Digits 6 and 7, while 8 and 9 are learnt',
        caption:
          x.length === 0
            ? 'There are no results to draw yet.'
            : `The lowest accuracy seen is ${percent(lowest)}; the lowest there was is ${percent(truly)} (mean over seeds).`,
        x: { label: 'step since the switch' },
        y: { label: 'accuracy on 6 and 7', domain: [0, 1] },
        marks: x.length === 0 ? [] : marks,
      },
      byLearner(results),
    ];
  },
});

function taskBefore(results: Results | undefined, arm: string): { x: number[]; y: number[] } {
  return results === undefined ? { x: [], y: [] } : meanSeries(seriesOf(results, lastSwitch, arm));
}

/** What worst-case and usual accuracy make of each learner. */
function byLearner(results: Results | undefined) {
  const arms = results === undefined ? [] : Object.keys(learners);
  const means = (metric: string): number[] =>
    arms.map((arm) => {
      const values = results === undefined ? [] : valuesOf(results, arm, metric);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    });
  return {
    title: 'The lowest accuracy on old tasks',
    caption:
      'Means over five tasks and all seeds. The distance between two bars is what usual evaluation leaves out.',
    x: { label: 'learner', scale: 'category' as const },
    y: { label: 'lowest accuracy', domain: [0, 1] as const },
    marks:
      arms.length === 0
        ? []
        : [
            {
              kind: 'bars' as const,
              name: 'at ends of tasks',
              x: arms.map(shortName),
              y: means('min-ACC at ends'),
            },
            { kind: 'bars' as const, name: 'at any step', x: arms.map(shortName), y: means('min-ACC') },
          ],
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

// Pass or fail by answers, and by features: choose a method and see which of the two it fools.

import { drawnIntervals } from '../../experiment/drawn-intervals.ts';
import { definePage } from '../../experiment/live-page.ts';
import { type Results, valuesOf } from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { maskArm, publishedArms, retrainedArm } from './claim.ts';

const options = {
  [maskArm]: 'Masked head (a control)',
  ...Object.fromEntries(publishedArms.map((arm) => [arm, `${arm.slice(0, 1).toUpperCase()}${arm.slice(1)}`])),
};

const tests = {
  answers: 'Its answers',
  features: 'Its features',
} as const;

/** What each test looks at: metric and what people read. */
const looked = {
  answers: {
    FA: 'trained, forgot',
    RA: 'trained, kept',
    TFA: 'tested, forgot',
    TRA: 'tested, kept',
  },
  features: {
    'kNN forgotten': 'kNN, forgot',
    'kNN kept': 'kNN, kept',
    'kNN downstream, forgotten': 'other, forgot',
    'kNN downstream, kept': 'other, kept',
    'linear probe, forgotten': 'new head',
    'relearnt in 20 steps': '20 steps',
  },
} as const;

export const page = definePage({
  invitation:
    'A network was made to forget 3, 5 and 8. Test it by its answers, then by its features, against one that never saw them.',
  controls: {
    method: { kind: 'choice', label: 'Method', options, initial: maskArm },
    test: { kind: 'choice', label: 'Test', options: tests, initial: 'answers' },
  },
  draw: ({ method, test }, results): Plot[] => {
    const metrics: Readonly<Record<string, string>> = test === 'features' ? looked.features : looked.answers;
    return [
      {
        title: `${method}, by its ${test}`,
        caption:
          results === undefined
            ? 'There are no results to draw yet.'
            : 'A method that truly forgot stands where the retrained network does; means and 95 % intervals over seeds. Asked are the digits to forget and those to keep: by answers on training and test images; by nearest neighbours (kNN), also on other digits, turned and shrunk; by a new last layer and by 20 more steps on the forgotten ones.',
        x: { label: 'what is asked', scale: 'category' },
        y: { label: 'known', domain: [0, 1] },
        marks:
          results === undefined
            ? []
            : [
                bars(results, 'original', metrics),
                bars(results, method, metrics),
                bars(results, retrainedArm, metrics),
              ],
      },
    ];
  },
});

function bars(results: Results, arm: string, metrics: Readonly<Record<string, string>>): Mark {
  return {
    kind: 'bars',
    name: arm,
    x: Object.values(metrics),
    ...drawnIntervals(Object.keys(metrics).map((metric) => valuesOf(results, arm, metric))),
  };
}

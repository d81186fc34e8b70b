// The plots of the finished runs of paper 33.

import { drawnIntervals } from '../../experiment/drawn-intervals.ts';
import { armsOf, type Results, valuesOf } from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';

/** Where a plot has no room for the whole name. */
const shortNames: Readonly<Record<string, string>> = {
  'retrained, another seed': 'again',
  'masked head': 'mask',
  'gradient ascent': 'ascent',
  'random labels': 'random',
  'pseudo labels': 'pseudo',
};

export function plots(results: Results): readonly Plot[] {
  return [answersAndFeatures(results), alignments(results), backAgain(results)];
}

function answersAndFeatures(results: Results): Plot {
  return {
    title: 'What answers say is gone, and features hold',
    caption:
      'Share of the forgotten digits’ test images that are known: by the network’s own answers, by nearest neighbours ' +
      'among its features, and by nearest neighbours on turned and shrunk digits; means and 95 % intervals over seeds. ' +
      'A method that truly forgot would look like the retrained network in all of them.',
    x: { label: 'network', scale: 'category' },
    y: { label: 'forgotten digits known', domain: [0, 1] },
    marks: [
      bars(results, 'TFA', 'answers'),
      bars(results, 'kNN forgotten', 'neighbours among features'),
      bars(results, 'kNN downstream, forgotten', 'neighbours, downstream task'),
    ],
  };
}

function alignments(results: Results): Plot {
  return {
    title: 'Whose features they are',
    caption:
      'Linear CKA of the features of forgotten digits to those of the original network and of the retrained one. Two ' +
      'retrained networks from different seeds are the ceiling: they are not at 1 themselves.',
    x: { label: 'network', scale: 'category' },
    y: { label: 'CKA', domain: [0, 1] },
    marks: [
      bars(results, 'CKA to original', 'to the original'),
      bars(results, 'CKA to retrained', 'to the retrained'),
    ],
  };
}

function backAgain(results: Results): Plot {
  return {
    title: 'How fast it comes back',
    caption:
      'Forgotten digits known by a new last layer on frozen features, and after 20 training steps on them from a new ' +
      'last layer.',
    x: { label: 'network', scale: 'category' },
    y: { label: 'forgotten digits known', domain: [0, 1] },
    marks: [
      bars(results, 'linear probe, forgotten', 'new last layer'),
      bars(results, 'relearnt in 20 steps', '20 steps'),
    ],
  };
}

function bars(results: Results, metric: string, name: string): Mark {
  const arms = armsOf(results);
  return {
    kind: 'bars',
    name,
    x: arms.map((arm) => shortNames[arm] ?? arm),
    ...drawnIntervals(arms.map((arm) => valuesOf(results, arm, metric))),
  };
}

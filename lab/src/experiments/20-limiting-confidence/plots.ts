// What is seen in paper 20's results: pass@N over the epochs, and which loss wins at which N.
import { drawnIntervals } from '../../experiment/drawn-intervals.ts';
import { armsOf, meanSeries, type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { crossEntropy } from './claim.ts';
import { drawCounts } from './judge.ts';

export function plots(results: Results): readonly Plot[] {
  return [overEpochs(results, 256), byDraws(results), overEpochs(results, 1)];
}

function overEpochs(results: Results, N: number): Plot {
  return {
    title: `pass@${N} over the epochs`,
    caption:
      N === 1
        ? 'With a single draw confidence pays: cross-entropy leads.'
        : `The chance that ${N} draws hold the right answer, mean over seeds. Cross-entropy rises quickly, then loses what its confidence costs.`,
    x: { label: 'epoch' },
    y: { label: `pass@${N}` },
    marks: armsOf(results).flatMap((arm): Mark[] => [
      ...seriesOf(results, `pass@${N}`, arm).map(
        ({ x, y }): Mark => ({ kind: 'line', name: arm, x, y, faint: true }),
      ),
      { kind: 'line', name: arm, ...meanSeries(seriesOf(results, `pass@${N}`, arm)) },
    ]),
  };
}

/** The Pareto picture: pass@N against N at the end of training, and the remedies for cross-entropy. */
function byDraws(results: Results): Plot {
  const curve = (name: string, arm: string, suffix: string): Mark => {
    return {
      kind: 'dots',
      name,
      x: drawCounts,
      ...drawnIntervals(drawCounts.map((N) => valuesOf(results, arm, `pass@${N}${suffix}`))),
    };
  };
  return {
    title: 'pass@N against the number of draws',
    caption:
      'At the end of training, means with 95 % intervals over seeds. Each loss is best near the number of draws it was trained for; temperature and early stopping are chosen for each N on validation pictures.',
    x: { label: 'draws N', scale: 'log' },
    y: { label: 'pass@N' },
    marks: [
      ...armsOf(results).map((arm) => curve(arm, arm, '')),
      curve(`${crossEntropy} with temperature`, crossEntropy, ' with temperature'),
      curve(`${crossEntropy} stopped early`, crossEntropy, ' stopped early'),
    ],
  };
}

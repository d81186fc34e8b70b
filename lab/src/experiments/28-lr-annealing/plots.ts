// The plots of finished results: unseen curves beside both laws, and every arm's error.
import { mean, predictLoss } from '@offprint/methods';
import { armsOf, type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { ablationArm, lawArm, modelSizes } from './claim.ts';
import { fitOwnLaw, ownCurves } from './own-findings.ts';

/** The unseen schedules that are drawn: a long smooth fall, a late steep one, and a sudden one. */
export const drawnSchedules = {
  cosine_72000: 'cosine over 72,000 steps',
  wsd_20000_24000: 'constant, then an exponential fall over the last 4,000 steps',
  wsdcon_3: 'constant, then a sudden fall to a tenth at step 8,000',
} as const;

export function plots(results: Results): readonly Plot[] {
  const size = modelSizes.findLast(
    (each) => seriesOf(results, `measured, ${each}M cosine_72000`, lawArm).length > 0,
  );
  const curves =
    size === undefined
      ? []
      : Object.entries(drawnSchedules).map(([schedule, words]) => curvePlot(results, size, schedule, words));
  return [...curves, errorPlot(results), ...ownPlots(results)];
}

function curvePlot(results: Results, size: number, schedule: string, words: string): Plot {
  const line = (arm: string, kind: string, name: string, dashed: boolean): Mark[] =>
    seriesOf(results, `${kind}, ${size}M ${schedule}`, arm)
      .slice(0, 1)
      .map(({ x, y }): Mark => ({ kind: 'line', name, x, y, dashed }));
  return {
    title: `Unseen: ${words} (${size} million parameters)`,
    caption:
      'The law follows the measured loss through the fall of the learning rate; without the annealing area it sees no reason for the loss to drop there.',
    x: { label: 'step' },
    y: { label: 'loss, nats a token' },
    marks: [
      ...line(lawArm, 'measured', 'measured', false),
      ...line(lawArm, 'predicted', 'law', true),
      ...line(ablationArm, 'predicted', 'without the annealing area', true),
    ],
  };
}

function errorPlot(results: Results): Plot {
  const arms = armsOf(results).flatMap((arm) => {
    const errors = modelSizes.flatMap((size) => valuesOf(results, arm, `error, ${size}M`).slice(0, 1));
    return errors.length === 0 ? [] : [{ arm, error: mean(errors) }];
  });
  return {
    title: 'Mean error on unseen schedules',
    caption: 'Relative to the measured loss, over all points of the unseen curves and the model sizes.',
    x: { label: 'law', scale: 'category' },
    y: { label: 'error, %' },
    marks: [
      { kind: 'bars', name: 'error', x: arms.map(({ arm }) => arm), y: arms.map(({ error }) => error) },
    ],
  };
}

/** Our own model under its unseen schedule, first seed, beside what the laws predict from the two others. */
function ownPlots(results: Results): Plot[] {
  const curves = ownCurves(results, 1);
  if (curves === undefined) return [];
  const { steps, losses } = curves.wsd;
  const predicted = (annealing: boolean): number[] => {
    const all = predictLoss(fitOwnLaw(curves, annealing), curves.wsd);
    return Array.from(steps, (step) => all[step] ?? Number.NaN);
  };
  const x = Array.from(steps);
  return [
    {
      title: 'Our own character model: constant, then a linear fall over the last fifth',
      caption:
        'Held-out loss of the first seed; both laws were fitted to the same seed under cosine and constant.',
      x: { label: 'step' },
      y: { label: 'loss, nats a character' },
      marks: [
        { kind: 'line', name: 'measured', x, y: Array.from(losses) },
        { kind: 'line', name: 'law', x, y: predicted(true), dashed: true },
        { kind: 'line', name: 'without the annealing area', x, y: predicted(false), dashed: true },
      ],
    },
  ];
}

// The plots of finished results: unseen curves beside both laws, and every arm's error.
import { mean, predictLoss } from '@offprint/methods';
import { armsOf, type Results, seriesOf, valuesOf } from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { ablationArm, lawArm, modelSizes } from './claim.ts';
import { fitOwnLaw, ownCurves } from './own-findings.ts';

/** The unseen schedules that are drawn: a long smooth fall, a late steep one, and a sudden one. */
export const drawnSchedules = {
  cosine_72000: 'a long cosine',
  wsd_20000_24000: 'a late exponential fall',
  wsdcon_3: 'a sudden fall to a tenth',
} as const;

export function plots(results: Results): readonly Plot[] {
  const size = modelSizes.findLast(
    (each) => seriesOf(results, `measured, ${each}M cosine_72000`, lawArm).length > 0,
  );
  const curves =
    size === undefined
      ? []
      : Object.entries(drawnSchedules).map(([schedule, words]) => curvePlot(results, size, schedule, words));
  return [...curves, errorPlot(results), ...alongPlot(results), ...ownPlots(results)];
}

function curvePlot(results: Results, size: number, schedule: string, words: string): Plot {
  const line = (arm: string, kind: string, name: string, dashed: boolean): Mark[] =>
    seriesOf(results, `${kind}, ${size}M ${schedule}`, arm)
      .slice(0, 1)
      .map(({ x, y }): Mark => ({ kind: 'line', name, x, y, dashed }));
  return {
    title: `Unseen: ${words} (${size}M)`,
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

/** Where each law errs along the curve that is hardest for it: a sudden fall. */
function alongPlot(results: Results): Plot[] {
  const size = modelSizes.findLast(
    (each) => seriesOf(results, `error, ${each}M wsdcon_3`, lawArm).length > 0,
  );
  const marks = [lawArm, ablationArm].flatMap((arm): Mark[] =>
    seriesOf(results, `error, ${size}M wsdcon_3`, arm)
      .slice(0, 1)
      .map(({ x, y }): Mark => ({ kind: 'line', name: arm, x, y })),
  );
  if (size === undefined) return [];
  return [
    {
      title: `Error along an unseen sudden fall (${size}M)`,
      caption:
        'The rate falls to a tenth at step 8,000. Without the annealing area the error jumps and stays; the law is off for a while, since its gain from annealing neither starts fast enough nor ends.',
      x: { label: 'step' },
      y: { label: 'error, %' },
      marks: [...marks, { kind: 'rule', axis: 'x', at: 8000, label: 'the fall' }],
    },
  ];
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
      title: 'Our own model under its unseen schedule',
      caption:
        'A constant rate, then a linear fall over the last fifth. Held-out loss of the first seed; both laws were fitted to the same seed under cosine and constant.',
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

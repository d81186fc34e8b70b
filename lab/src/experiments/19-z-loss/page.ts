// Ten scores to drag: what log-softmax and the Z-loss make of them, of the same shifted, and of the same doubled.
import { zLossView } from '@offprint/methods';
import { definePage } from '../../experiment/live-page.ts';
import type { Mark, Plot } from '../../plot/plot.ts';
import { costPlot } from './plots.ts';

const names = ['the right class', ...Array.from({ length: 9 }, (_, i) => `class ${i + 2}`)];

export const page = definePage({
  invitation:
    'Drag the ten scores. Adding 5 to all of them changes neither loss; doubling all of them changes log-softmax, and the Z-loss not at all: it asks only how far the right class stands out. The sharpness a bends its curve from a line to a hinge.',
  controls: {
    scores: {
      kind: 'curve',
      label: 'Scores',
      handles: names,
      min: -5,
      max: 5,
      step: 0.1,
      initial: [2, 1, -0.5, 0.4, -1, 0, 0.8, -2, -0.3, -1.4],
    },
    a: { kind: 'range', label: 'Sharpness a', min: 0.1, max: 10, step: 0.1, log: true, initial: 1 },
  },
  draw: ({ scores, a }, results) => [
    lossPlot(scores, a),
    curvePlot(scores, a),
    ...(results === undefined ? [] : costPlot(results)),
  ],
});

function lossPlot(scores: readonly number[], a: number): Plot {
  const variants = {
    'as drawn': scores,
    '+5 to all': scores.map((score) => score + 5),
    '×2': scores.map((score) => 2 * score),
  };
  const bars = (name: string, loss: (scores: readonly number[]) => number) => ({
    kind: 'bars' as const,
    name,
    x: Object.keys(variants),
    y: Object.values(variants).map(loss),
  });
  return {
    title: 'Both losses of the scores, shifted and scaled',
    caption: `The right class stands ${zOf(scores).toFixed(2)} standard deviations above the mean of all ten, however they are shifted or scaled.`,
    x: { label: 'scores', scale: 'category' },
    y: { label: 'loss' },
    marks: [bars('log-softmax', crossEntropy), bars('Z-loss', (each) => zLossAt(zOf(each), a))],
  };
}

function curvePlot(scores: readonly number[], a: number): Plot {
  // |z| of one of ten never exceeds √(10 − 1).
  const z = Array.from({ length: 61 }, (_, i) => -3 + i / 10);
  const drawn = zOf(scores);
  return {
    title: 'The Z-loss of one of ten classes',
    caption:
      'It ends where the right class can stand out no further, at z = 3 for ten classes: the loss stops pushing by itself.',
    x: { label: 'z of the right class' },
    y: { label: 'loss' },
    marks: [
      { kind: 'line', name: `a = ${Number(a.toPrecision(2))}`, x: z, y: z.map((each) => zLossAt(each, a)) },
      ...(a === 1 ? [] : [plainLoss(z)]),
      { kind: 'dots', name: 'as drawn', x: [drawn], y: [zLossAt(drawn, a)] },
    ],
  };
}

/** The curve to compare with. */
function plainLoss(z: number[]): Mark {
  return { kind: 'line', name: 'a = 1', x: z, y: z.map((each) => zLossAt(each, 1)), dashed: true };
}

function crossEntropy(scores: readonly number[]): number {
  const highest = Math.max(...scores);
  return (
    highest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - highest), 0)) - (scores[0] ?? 0)
  );
}

/** How many standard deviations the first score is above the mean; 0 where all are alike. */
function zOf(scores: readonly number[]): number {
  const mu = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const sigma = Math.sqrt(scores.reduce((sum, score) => sum + (score - mu) ** 2, 0) / scores.length);
  return sigma === 0 ? 0 : ((scores[0] ?? 0) - mu) / sigma;
}

/** The loss of scores with mean 0 and variance 1, of which the right one is z. */
function zLossAt(z: number, a: number): number {
  return zLossView({ a })({ target: z, sum: 0, sumOfSquares: names.length, classes: names.length }).loss;
}

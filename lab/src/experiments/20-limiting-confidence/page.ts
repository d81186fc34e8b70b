// Two questions, one reader: what N draws make of certainty.
import { dcoWeight, passAtN } from '@offprint/methods';
import { definePage } from '../../experiment/live-page.ts';

const probabilities = Array.from({ length: 121 }, (_, i) => 10 ** (-5 + i / 24));

export const page = definePage({
  invitation:
    'Choose how many answers will be drawn. The loss pushes an answer only while N draws would probably miss it; and a reader that is fairly unsure of two questions beats one that is sure of the first and hopeless at the second as soon as N is large enough.',
  controls: {
    N: { kind: 'range', label: 'Draws N', min: 1, max: 4096, step: 0.25, initial: 16, log: true },
    hopeless: {
      kind: 'range',
      label: 'What the sure reader gives the second question',
      min: 0.00001,
      max: 0.1,
      step: 0.25,
      initial: 0.0001,
      log: true,
    },
  },
  draw: ({ N: given, hopeless }) => {
    const N = Math.round(given);
    const counts = Array.from({ length: 49 }, (_, i) => 2 ** (i / 4));
    return [
      {
        title: `How hard the loss for ${N} ${N === 1 ? 'draw' : 'draws'} pushes`,
        caption: `The gradient as a share of cross-entropy’s, against the probability that the answer already has. It fades at about 1/N = ${(1 / N).toPrecision(2)}.`,
        x: { label: 'probability of the right answer', scale: 'log' },
        y: { label: 'share of the gradient', domain: [0, 1] },
        marks: [
          {
            kind: 'line',
            name: `loss for ${N} draws`,
            x: probabilities,
            y: probabilities.map((p) => dcoWeight(Math.log(Math.min(p, 1)), N)),
          },
          {
            kind: 'line',
            name: 'pass@N',
            x: probabilities,
            y: probabilities.map((p) => passAtN(p, N)),
            dashed: true,
          },
          { kind: 'rule', axis: 'x', at: 1 / N, label: '1/N' },
        ],
      },
      {
        title: 'Sure of one, or unsure of two',
        caption:
          'Mean pass@N over two questions: one reader gives the right answers 90 % and next to nothing, the other 10 % both.',
        x: { label: 'draws N', scale: 'log' },
        y: { label: 'pass@N', domain: [0, 1] },
        marks: [
          {
            kind: 'line',
            name: 'sure of one',
            x: counts,
            y: counts.map((n) => (passAtN(0.9, n) + passAtN(hopeless, n)) / 2),
          },
          { kind: 'line', name: 'unsure of two', x: counts, y: counts.map((n) => passAtN(0.1, n)) },
          { kind: 'rule', axis: 'x', at: N, label: `N = ${N}` },
        ],
      },
    ];
  },
});

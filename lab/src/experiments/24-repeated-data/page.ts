// The page of paper 24: how often a slice may be repeated before a model is worth less than one that never saw it.
import { repetitionBand } from '@offprint/methods';
import { definePage } from '../../experiment/live-page.ts';
import type { Plot } from '../../plot/plot.ts';
import { repeatsArm, repeatsTried, worstRepeats } from './cell-names.ts';
import { courseOf } from './plots.ts';

export const page = definePage({
  invitation:
    'Choose how often the slice is repeated and see both losses go: the slice’s falls to nothing, and while it does ' +
    'unseen text pays. The second control moves the size of a model along the band in which the paper finds half or ' +
    'more of the worst damage.',
  controls: {
    repeats: {
      kind: 'choice',
      label: 'Repeats of the slice',
      options: Object.fromEntries(repeatsTried.map((repeats) => [String(repeats), String(repeats)])),
      initial: String(worstRepeats),
    },
    parameters: {
      kind: 'range',
      label: 'Parameters, for the paper’s band',
      min: 1e5,
      max: 1e9,
      step: 0.1,
      log: true,
      initial: 8e8,
    },
  },
  draw: ({ repeats, parameters }, results) => [
    ...(results === undefined ? [] : [courseOf(results, repeatsArm(Number(repeats)))]),
    band(parameters),
  ],
});

/** The published band, for 100 billion tokens of which a tenth is repeated. */
function band(parameters: number): Plot {
  const sizes = Array.from({ length: 41 }, (_, i) => 10 ** (5 + i / 10));
  const edges = sizes.map(repetitionBand);
  const { from, to } = repetitionBand(parameters);
  const rounded = (value: number): string => Number(value.toPrecision(2)).toLocaleString('en');
  return {
    title: 'Where the paper finds the damage',
    caption:
      `A model of ${rounded(parameters)} parameters loses half or more of the worst between about ${rounded(from)} and ` +
      `${rounded(to)} passes over a tenth of 100 billion tokens; larger models learn by heart sooner.`,
    x: { label: 'parameters', scale: 'log' },
    y: { label: 'passes over the slice', scale: 'log' },
    marks: [
      {
        kind: 'band',
        name: 'half of the worst damage or more',
        x: sizes,
        low: edges.map((edge) => edge.from),
        high: edges.map((edge) => edge.to),
      },
      { kind: 'dots', name: 'your model', x: [parameters, parameters], y: [from, to] },
    ],
  };
}

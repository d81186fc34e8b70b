// What the runs of paper 25 look like: loss against steps, the lines between checkpoints, and the two toys.
import { meanSeries, type Results, type Series, seriesOf } from '../../experiment/results.ts';
import type { Mark, Plot } from '../../plot/plot.ts';

export function plots(results: Results): Plot[] {
  const drawn: Plot[] = [
    {
      title: 'Loss on unseen text against steps',
      caption:
        'WSD’s main branch keeps the high rate; each decay leaves it for a model at a budget. WSD-S goes on from the ' +
        'decayed model. The cosines, whose rate is high for a shorter time, leave the first plateau later. Means over ' +
        'seeds, from a quarter of the steps on.',
      x: { label: 'step' },
      y: { label: 'nats a character' },
      marks: fromQuarter([
        ...line(results, 'WSD', 'loss', 'WSD, main branch'),
        ...decayLine(results, 'loss in decay 1'),
        ...decayLine(results, 'loss in decay 2'),
        ...line(results, 'WSD-S', 'loss', 'WSD-S'),
        ...line(results, 'cyclic cosine', 'loss', 'restarted cosine'),
        ...line(results, 'cosine', 'loss to budget 1', 'cosine of its own', true),
        ...line(results, 'cosine', 'loss to budget 2', 'cosine of its own', true),
      ]),
    },
    {
      title: 'Loss on the straight line between two sets of weights',
      caption:
        'From the stable checkpoint before the first decay to that before the second, and from before the second decay ' +
        'to after it. Means over seeds.',
      x: { label: 'share of the way' },
      y: { label: 'nats a character' },
      marks: [
        ...line(results, 'WSD', 'between stable checkpoints', 'between stable checkpoints'),
        ...line(results, 'WSD', 'through the decay', 'through the decay'),
      ],
    },
    {
      title: 'A table of bigrams: river and walls',
      caption:
        'Tokens with one successor keep falling while the rate is high; tokens with eight stay where the noise holds ' +
        'them until the decay, the last tenth of the steps.',
      x: { label: 'step' },
      y: { label: 'nats above the entropy', scale: 'log' },
      marks: [
        ...line(results, 'bigram table', 'certain tokens', 'one successor'),
        ...line(results, 'bigram table', 'open tokens', 'eight successors'),
      ],
    },
    {
      title: 'A valley: the cost of hanging on the wall',
      caption: 'Simulated walks on the exact expectation: flat at ησ²/(2(2 − ηκ)) until the decay.',
      x: { label: 'step' },
      y: { label: 'loss above the river' },
      marks: [
        ...line(results, 'valley', 'wall, expected', 'expected', true),
        ...line(results, 'valley', 'wall, simulated', 'simulated'),
      ],
    },
  ];
  return drawn.filter(({ marks }) => marks.length > 0);
}

/** A decay, from where it leaves the main branch. */
function decayLine(results: Results, series: string): Mark[] {
  const main = meanSeries(seriesOf(results, 'loss', 'WSD'));
  const decay = meanSeries(seriesOf(results, series, 'WSD'));
  const [first] = decay.x;
  if (first === undefined) return [];
  const fork = main.x.findLastIndex((step) => step < first);
  const at = (values: readonly number[]): number[] => values.slice(Math.max(0, fork), fork + 1);
  return [
    {
      kind: 'line',
      name: 'WSD, decays',
      x: [...at(main.x), ...decay.x],
      y: [...at(main.y), ...decay.y],
      dashed: true,
    },
  ];
}

/** Lines without their first steps, whose fall would leave no room for what is to be seen. */
function fromQuarter(marks: readonly Mark[]): Mark[] {
  const last = Math.max(...marks.flatMap((mark) => (mark.kind === 'line' ? mark.x : [])));
  return marks.flatMap((mark): Mark[] => {
    if (mark.kind !== 'line') return [mark];
    const from = mark.x.findIndex((step) => step >= last / 4);
    return from < 0 ? [] : [{ ...mark, x: mark.x.slice(from), y: mark.y.slice(from) }];
  });
}

/** The mean over seeds of a curve, if any run reported it. */
function line(results: Results, arm: string, series: string, name: string, dashed = false): Mark[] {
  const found: Series[] = seriesOf(results, series, arm);
  return found.length === 0 ? [] : [{ kind: 'line', name, ...meanSeries(found), dashed }];
}

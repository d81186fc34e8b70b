// The race of one mask against several, by iterations and by the clock.
import { definePage } from '../../experiment/live-page.ts';
import type { Trunk } from './claim.ts';
import { type Clock, hasRace, race } from './plots.ts';

export const page = definePage({
  invitation:
    'By iterations more masks win for a perceptron. By the seconds that the steps took it is another race; and convolutions, almost all of which stand before the dropout, run it otherwise.',
  controls: {
    clock: {
      kind: 'choice',
      label: 'Horizontal axis',
      options: { iterations: 'Iterations', seconds: 'Seconds' },
      initial: 'seconds',
    },
    trunk: {
      kind: 'choice',
      label: 'Network',
      options: {
        mlp: 'Perceptron: half of it behind the dropout',
        convolutions: 'Convolutions: one layer behind it',
      },
      initial: 'mlp',
    },
  },
  draw: ({ clock, trunk }, results) => {
    const by: Clock = clock === 'seconds' ? 'seconds' : 'iterations';
    const of: Trunk = trunk === 'convolutions' ? 'convolutions' : 'mlp';
    return [hasRace(results, of) ? race(results, of, by) : noise()];
  },
});

/** Without results: how the noise of the masks falls with their number, which is what there is to win. */
function noise(): ReturnType<typeof race> {
  const masks = [1, 2, 4, 8, 16, 32, 64];
  return {
    title: 'The masks’ share of a gradient’s variance',
    caption: 'M independent masks leave 1/M of it. What the choice of the batch adds stays.',
    x: { label: 'masks M', scale: 'log' },
    y: { label: 'variance, M = 1 is 1', scale: 'log' },
    marks: [{ kind: 'line', name: '1/M', x: masks, y: masks.map((count) => 1 / count) }],
  };
}

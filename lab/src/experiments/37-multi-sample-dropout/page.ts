// The race of one mask against several, by iterations and by the clock.
import { definePage } from '../../experiment/live-page.ts';
import type { Trunk } from './claim.ts';
import { type Clock, hasRace, race } from './plots.ts';

export const page = definePage({
  invitation:
    'By iterations more masks win. Switch the axis to seconds, and see when they still do: it depends on how much of the network stands before the dropout.',
  controls: {
    clock: {
      kind: 'choice',
      label: 'Horizontal axis',
      options: { iterations: 'Iterations', seconds: 'Seconds' },
      initial: 'iterations',
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

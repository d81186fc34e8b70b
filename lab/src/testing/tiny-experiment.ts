// An experiment that takes moments, for tests of the runner: a seeded walk, and arms that misbehave in every way.
import { numpy as np } from '@jax-js/jax';
import { pcg32 } from '@offprint/methods';
import type { Claim } from '../experiment/claim.ts';
import { defineExperiment } from '../experiment/experiment.ts';
import { valuesOf } from '../experiment/results.ts';

interface Walk {
  readonly drift: number;
  readonly steps: number;
  /** Milliseconds a step, so that a test can stop it in between. */
  readonly pauseMs?: number;
  readonly ending?: 'throws' | 'diverges' | 'returns words' | 'goes back' | 'opens undeclared' | 'dies';
}

const plan = (seeds: number, arms: Readonly<Record<string, Walk>>) => ({ arms, seeds, secondsPerRun: 0.1 });

export const experiment = defineExperiment<Walk>({
  id: '00-tiny',
  data: ['loss-curves'],
  plans: {
    smoke: plan(2, { up: { drift: 0.1, steps: 300 }, still: { drift: 0, steps: 300 } }),
    short: plan(3, {
      up: { drift: 0.1, steps: 20, pauseMs: 10 },
      still: { drift: 0, steps: 20, pauseMs: 10 },
    }),
    full: plan(2, {
      up: { drift: 0.1, steps: 10 },
      throws: { drift: 0, steps: 1, ending: 'throws' },
      diverges: { drift: 0, steps: 10, ending: 'diverges' },
      words: { drift: 0, steps: 1, ending: 'returns words' },
      back: { drift: 0, steps: 1, ending: 'goes back' },
      undeclared: { drift: 0, steps: 1, ending: 'opens undeclared' },
      dies: { drift: 0, steps: 1, ending: 'dies' },
    }),
  },
  async run({ drift, steps, pauseMs, ending }, seed, report, data) {
    const random = pcg32(seed);
    const curves = await data.open('loss-curves');
    let place = 0;
    for (let step = 1; step <= steps; step += 1) {
      place += drift + random.nextUnit() - 0.5;
      report.progress(step / steps);
      report.point('place', step, place);
      if (pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    if (ending === 'throws') throw new Error('This arm always breaks.');
    if (ending === 'dies') process.exit(3);
    if (ending === 'goes back') report.point('place', 0, 0);
    if (ending === 'opens undeclared') await data.open('support');
    // What a careless experiment could return, were it not for its types.
    if (ending === 'returns words') return JSON.parse('{"place":"far"}');
    const half: unknown = np.array([place]).mul(0.5).js();
    return {
      place: ending === 'diverges' ? Number.NaN : place,
      half: Array.isArray(half) ? Number(half[0]) : Number.NaN,
      curves: curves.length,
    };
  },
  live: { series: 'place', title: 'The walk', xLabel: 'step', yLabel: 'place' },
  plots: (results) => [
    {
      title: 'Where each walk ended',
      caption: 'The arm with drift ends higher.',
      x: { label: 'arm', scale: 'category' },
      y: { label: 'place' },
      marks: [
        { kind: 'bars', name: 'place', x: ['up'], y: [valuesOf(results, 'up', 'place')[0] ?? Number.NaN] },
      ],
    },
  ],
});

export const claim: Claim = {
  paper: { number: 99, id: '0000.00000', name: 'Nothing' },
  statement: 'A walk with drift ends higher.',
  rule: { confirmed: 'Every walk with drift ends above 0.', refuted: 'None does.' },
  scale: 'It is a test.',
  decide(results) {
    const places = valuesOf(results, 'up', 'place');
    const above = places.filter((place) => place > 0).length;
    return {
      verdict: places.length === 0 ? 'undecided' : above === places.length ? 'confirmed' : 'refuted',
      sentence: `${above} of ${places.length} ended above 0.`,
      findings: [{ name: 'walks above 0', estimate: above }],
    };
  },
};

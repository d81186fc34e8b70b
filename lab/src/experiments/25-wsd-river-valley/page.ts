// A valley to play with: how fast the river runs and how high a walk hangs on the wall, under a schedule of one's choice.
import {
  constant,
  descendValley,
  expectedDescent,
  pcg32,
  type RiverValley,
  type Schedule,
} from '@offprint/methods';
import { definePage } from '../../experiment/live-page.ts';
import type { Mark } from '../../plot/plot.ts';
import { cosineOracle, restartedCosine, stable, wsd, wsdSimplified } from './tried-schedules.ts';
import { valley, valleyBudgets } from './valley-arm.ts';

const steps = valleyBudgets.steps[1];

const schedules: Readonly<Record<string, (peak: number) => Schedule>> = {
  stable: (peak) => stable(peak, valleyBudgets),
  wsd: (peak) => wsd(peak, valleyBudgets, steps, steps * valleyBudgets.decayFraction),
  'wsd-s': (peak) => wsdSimplified(peak, valleyBudgets),
  cosine: (peak) => cosineOracle(peak, valleyBudgets, steps),
  restarts: (peak) => restartedCosine(peak, valleyBudgets),
};

const winding: RiverValley = {
  ...valley,
  noiseVariance: 0.05,
  bed: { at: (x) => Math.sin(x / 2), slopeAt: (x) => Math.cos(x / 2) / 2 },
};

export const page = definePage({
  invitation:
    'Choose how the learning rate goes and how high it is. A high rate runs far down the river but bounces between the ' +
    'walls; watch what a short decay does to the loss.',
  controls: {
    schedule: {
      kind: 'choice',
      label: 'Schedule',
      options: {
        stable: 'high throughout',
        wsd: 'WSD: high, then a decay',
        'wsd-s': 'WSD-S: twice',
        cosine: 'cosine',
        restarts: 'cosine, restarted',
      },
      initial: 'wsd',
    },
    rate: { kind: 'range', label: 'Highest rate', min: 0.05, max: 1.5, step: 0.05, initial: 0.8 },
  },
  draw: ({ schedule, rate }) => {
    const chosen = (schedules[schedule] ?? constant)(rate);
    const { river, wall } = expectedDescent(valley, chosen, steps);
    const x = Array.from({ length: steps }, (_, step) => step + 1);
    const walk = descendValley(winding, { schedule: chosen, steps, random: pcg32(25) });
    const furthest = Math.max(...walk.map((place) => place.x), 1);
    const along = Array.from({ length: 101 }, (_, i) => (furthest * i) / 100);
    return [
      {
        title: 'Loss in the valley',
        caption:
          'The expected loss and its two parts: the river falls with every step, the wall is the price of the rate.',
        x: { label: 'step' },
        y: { label: 'loss' },
        marks: [
          { kind: 'line', name: 'loss', x, y: x.map((_, i) => (river[i] ?? 0) + (wall[i] ?? 0)) },
          { kind: 'line', name: 'river', x, y: [...river], dashed: true },
          { kind: 'line', name: 'wall', x, y: [...wall], dashed: true },
        ],
      },
      {
        title: 'A walk, from above',
        caption: 'One noisy walk along a winding river: wide swings at a high rate, onto the bed in a decay.',
        x: { label: 'along the river' },
        y: { label: 'across' },
        marks: [
          { kind: 'line', name: 'walk', x: walk.map((place) => place.x), y: walk.map((place) => place.y) },
          {
            kind: 'line',
            name: 'bed',
            x: along,
            y: along.map((at) => winding.bed?.at(at) ?? 0),
            dashed: true,
          } satisfies Mark,
        ],
      },
    ];
  },
});

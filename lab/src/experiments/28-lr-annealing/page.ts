// Draw a schedule of learning rates: the loss that the law predicts for it, over the curves of real runs.
import { type AnnealingLaw, annealingArea, fitAnnealingLaw, forwardArea } from '@offprint/methods';
import type { LossCurve } from '../../data-sets/loss-curves.ts';
import { definePage } from '../../experiment/live-page.ts';
import { type Results, valuesOf } from '../../experiment/results.ts';
import type { Mark } from '../../plot/plot.ts';
import { ablationArm, lawArm, twoCosinesArm } from './claim.ts';
import { publishedCurve } from './fit-published.ts';
import { fittedSchedules, type PublishedSchedule, peak, twoCosines, warmup } from './published-schedules.ts';

const size = 100;
const places = [2160, 5000, 8000, 11_000, 14_000, 17_000, 20_000, 22_000, 24_000] as const;
const total = 24_000;
/** Where the plots begin, or the first losses would flatten the rest; and every so many steps a point is drawn. */
const drawnFrom = 4080;
const stride = 120;

const laws = {
  'cosine and constant': 'Law, from a cosine and a constant run',
  'two cosines': 'Law, from two cosine runs',
  'areas alone': 'The same without the annealing area',
} as const;

const shown: Readonly<Partial<Record<PublishedSchedule, string>>> = {
  constant_24000: 'measured: constant',
  cosine_24000: 'measured: cosine',
  wsd_20000_24000: 'measured: late exponential fall',
};

export const page = definePage({
  invitation:
    'Draw how the learning rate should go over 24,000 steps and watch the loss that the law predicts, over real runs of a model of 100 million parameters. Let it fall late, fall early, or never; then take the annealing area away.',
  controls: {
    rates: {
      kind: 'curve',
      label: 'Learning rate, in ten-thousandths',
      handles: places.map((place) => `at step ${place.toLocaleString('en')}`),
      min: 0,
      max: 3,
      step: 0.1,
      initial: [3, 3, 3, 3, 3, 3, 2.2, 1.2, 0.3],
    },
    law: { kind: 'choice', label: 'Law', options: laws, initial: 'cosine and constant' },
  },
  data: ['loss-curves'],
  draw: ({ rates, law: choice }, results, { 'loss-curves': curves }) => {
    const law = storedLaw(results, choice) ?? fittedLaw(curves, choice);
    const learningRates = drawnRates(rates);
    const s1 = forwardArea(learningRates);
    const s2 = annealingArea(learningRates, { warmup, lambda: law.lambda });
    const steps = Array.from({ length: (total - drawnFrom) / stride + 1 }, (_, i) => drawnFrom + i * stride);
    const left = steps.map((step) => law.A * (s1[step] ?? Number.NaN) ** -law.alpha);
    const gained = steps.map((step) => law.C * (s2[step] ?? Number.NaN));
    const predicted = left.map((nats, i) => law.L0 + nats - (gained[i] ?? Number.NaN));
    const last = predicted.at(-1) ?? Number.NaN;
    return [
      {
        title: 'Loss under your schedule',
        caption: `The law predicts ${last.toFixed(3)} nats a token at step 24,000; the measured runs ended at ${endings(curves)}.`,
        x: { label: 'step' },
        y: { label: 'loss, nats a token' },
        marks: [
          ...Object.entries(shown).map(([schedule, name]) => measured(curves, schedule, name)),
          { kind: 'line', name: 'predicted for your schedule', x: steps, y: predicted, dashed: true },
        ],
      },
      {
        title: 'What the law sees in it',
        caption:
          'How much the distance travelled leaves to be learned, and how much annealing takes off the loss. A high rate shortens the first, a fall raises the second.',
        x: { label: 'step' },
        y: { label: 'nats a token' },
        marks: [
          { kind: 'line', name: 'left to learn, A·S1^−α', x: steps, y: left },
          { kind: 'line', name: 'gained by annealing, C·S2', x: steps, y: gained },
        ],
      },
    ];
  },
});

/** The constants that the full run found, so that moving a handle fits nothing again. */
function storedLaw(results: Results | undefined, choice: string): AnnealingLaw | undefined {
  const arm = { 'two cosines': twoCosinesArm, 'areas alone': ablationArm }[choice] ?? lawArm;
  const constant = (name: string): number =>
    results === undefined ? Number.NaN : (valuesOf(results, arm, `${name}, ${size}M`)[0] ?? Number.NaN);
  const law = {
    L0: constant('L0'),
    A: constant('A'),
    alpha: constant('alpha'),
    C: constant('C'),
    lambda: constant('lambda'),
  };
  return Object.values(law).every(Number.isFinite) ? law : undefined;
}

function fittedLaw(curves: readonly LossCurve[], choice: string): AnnealingLaw {
  const fitted = choice === 'two cosines' ? twoCosines : fittedSchedules;
  return fitAnnealingLaw(
    fitted.map((schedule) => publishedCurve(curves, size, schedule)),
    { annealing: choice !== 'areas alone' },
  );
}

/** The handles joined by straight lines after a linear warm-up to the first. */
function drawnRates(rates: readonly number[]): Float64Array {
  const knots = [{ step: 0, rate: 0 }, ...places.map((step, i) => ({ step, rate: (rates[i] ?? 0) * 1e-4 }))];
  const learningRates = new Float64Array(total + 1);
  for (const [i, right] of knots.entries()) {
    const left = knots[i - 1];
    if (left === undefined) continue;
    for (let step = left.step + 1; step <= right.step; step++) {
      const share = (step - left.step) / (right.step - left.step);
      // A model that never moved has no loss by the law; the least rate keeps the plot finite.
      learningRates[step] = Math.max(left.rate + share * (right.rate - left.rate), peak * 1e-4);
    }
  }
  return learningRates;
}

function measured(curves: readonly LossCurve[], schedule: string, name: string): Mark {
  const curve = curves.find((each) => each.millions === size && each.schedule === schedule);
  const first = curve?.steps.findIndex((step) => step >= drawnFrom) ?? 0;
  return { kind: 'line', name, x: curve?.steps.slice(first) ?? [], y: curve?.losses.slice(first) ?? [] };
}

/** The last measured losses of the shown runs, for the caption. */
function endings(curves: readonly LossCurve[]): string {
  return Object.entries(shown)
    .map(([schedule, name]) => {
      const curve = curves.find((each) => each.millions === size && each.schedule === schedule);
      return `${curve?.losses.at(-1)?.toFixed(3)} (${name.replace('measured: ', '')})`;
    })
    .join(', ');
}

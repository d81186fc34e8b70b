// Eight equally good models on small tests: how far the best of them is ahead by luck alone, in either measure.
import { type MaxOfKNull, maxOfKNull, pcg32 } from '@offprint/methods';
import { definePage } from '../../experiment/live-page.ts';
import type { Plot } from '../../plot/plot.ts';
import { headline } from './headline.ts';

/** What each of the eight truly does: of the events it finds so many, of the others it clears so many. */
const truth = { event: 0.4, normal: 0.873 } as const;
/** Small tests drawn side by side. */
const tests = 20;

export const page = definePage({
  invitation:
    'Eight models, every one exactly as good as the others. Choose how many patients they are tested on and how many of those had the event: the winner’s score is luck, and where events are rare, never foreseeing one scores as well.',
  controls: {
    patients: {
      kind: 'range',
      label: 'Test patients',
      min: 20,
      max: 2000,
      step: 0.05,
      initial: headline.testPatients,
      log: true,
    },
    events: {
      kind: 'range',
      label: 'Patients with the event',
      min: 5,
      max: 50,
      step: 1,
      initial: 20,
      unit: '%',
    },
  },
  draw: ({ patients: given, events: percent }) => {
    const patients = Math.round(given);
    // Both groups must occur for their recalls to be averaged.
    const events = Math.min(patients - 1, Math.max(1, Math.round((patients * percent) / 100)));
    const share = events / patients;
    const accuracy = share * truth.event + (1 - share) * truth.normal;
    const best = maxOfKNull(patients, accuracy, headline.models);
    const scores = drawScores(patients - events, events);
    return [
      picture(
        'Weighted recall',
        recallCaption(patients, accuracy, 1 - share, best),
        scores.map((eight) => eight.map(({ found, cleared }) => (found + cleared) / patients)),
        accuracy,
        1 - share,
      ),
      picture(
        'Balanced accuracy',
        'The same answers of the same models, with both groups of patients counting alike: never foreseeing an event falls to one half, below every model.',
        scores.map((eight) =>
          eight.map(({ found, cleared }) => (found / events + cleared / (patients - events)) / 2),
        ),
        (truth.event + truth.normal) / 2,
        0.5,
      ),
    ];
  },
});

function recallCaption(patients: number, accuracy: number, majority: number, best: MaxOfKNull): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  return `All eight truly score ${percent(accuracy)}; on ${patients} patients the best of them scores ${percent(best.mean)} on average and reaches ${percent(headline.weightedRecall)}, the paper’s best, in ${percent(best.atLeast(headline.weightedRecall))} of tests. Never foreseeing an event scores ${percent(majority)}.`;
}

interface Score {
  /** Events foreseen, and patients without the event rightly cleared. */
  readonly found: number;
  readonly cleared: number;
}

/** For each small test the eight models' counts; the same again for the same patients. */
function drawScores(normal: number, events: number): Score[][] {
  const random = pcg32(35, 1);
  const successes = (count: number, chance: number): number => {
    let hits = 0;
    for (let i = 0; i < count; i++) hits += random.nextUnit() < chance ? 1 : 0;
    return hits;
  };
  return Array.from({ length: tests }, () =>
    Array.from({ length: headline.models }, () => ({
      found: successes(events, truth.event),
      cleared: successes(normal, truth.normal),
    })),
  );
}

function picture(
  measure: string,
  caption: string,
  scores: readonly (readonly number[])[],
  level: number,
  majority: number,
): Plot {
  const dots = scores.flatMap((eight, test) =>
    [...eight].sort((a, b) => b - a).map((score, place) => ({ test: test + 1, score, place })),
  );
  const chosen = (name: string, holds: (place: number) => boolean) => {
    const some = dots.filter(({ place }) => holds(place));
    return {
      kind: 'dots' as const,
      name,
      x: some.map(({ test }) => test),
      y: some.map(({ score }) => score),
    };
  };
  return {
    title: `${measure} of eight equally good models`,
    caption,
    x: { label: 'test, each with new patients' },
    y: { label: measure.toLowerCase(), domain: [0.4, 1] },
    marks: [
      chosen('the other seven', (place) => place > 0),
      chosen('the best of eight', (place) => place === 0),
      { kind: 'rule', axis: 'y', at: level, label: 'what all eight truly score' },
      { kind: 'rule', axis: 'y', at: majority, label: 'never foreseeing an event' },
    ],
  };
}

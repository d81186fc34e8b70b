// A small lab for tests: a paper tried and run, one tried and not run, and a control of every kind.
import type { StoredResult } from '@offprint/lab';
import {
  type Claim,
  defineExperiment,
  definePage,
  LabError,
  packDataSet,
  type Tried,
  type Verdict,
} from '@offprint/lab/browser';
import type { Lab } from '../lab/lab.ts';

/** Papers 1 and 2 of the starter catalogue: the first has a result, the second has none. */
export const runPaper = '2306.14544';
export const notRunPaper = '2512.03324';

const seeds = [1, 2, 3];

function claimOf(number: number, id: string, name: string): Claim {
  return {
    paper: { number, id, name },
    statement: `The walk of ${name} ends above <b>zero</b> & stays there.`,
    rule: { confirmed: 'The 95 % interval lies above 0.', refuted: 'It lies below 0.' },
    scale: 'Three steps instead of many.',
    decide: ({ runs }) => ({
      verdict: runs.length > 0 ? 'confirmed' : 'undecided',
      sentence: `${runs.length} walks ended above zero.`,
      findings: [{ name: 'walks', estimate: runs.length, criterion: 'above 0', holds: runs.length > 0 }],
    }),
  };
}

const experimentOf = (id: string) =>
  defineExperiment({
    id,
    data: [],
    plans: {
      smoke: { arms: { up: 1, down: -1 }, seeds: 2, secondsPerRun: 0.1 },
      short: { arms: { up: 1, down: -1 }, seeds: 3, secondsPerRun: 1 },
      full: { arms: { up: 1, down: -1 }, seeds: 3, secondsPerRun: 20 },
    },
    run: async (step, seed, report) => {
      for (let i = 1; i <= 10; i++) report.point('place', i, step * i * seed);
      report.progress(1);
      return { place: 10 * step * seed };
    },
    live: { series: 'place', title: 'Walks', xLabel: 'step', yLabel: 'place' },
    plots: ({ runs }) => [
      {
        title: 'Where walks end',
        caption: 'One dot a walk.',
        x: { label: 'seed' },
        y: { label: 'place' },
        marks: [
          {
            kind: 'dots',
            name: 'place',
            x: runs.map(({ seed }) => seed),
            y: runs.map(({ metrics }) => metrics.place ?? Number.NaN),
          },
        ],
      },
      { title: 'Another', caption: 'Nothing in it.', x: { label: 'x' }, y: { label: 'y' }, marks: [] },
    ],
  });

const page = definePage({
  invitation: 'Move the slider and see the line rise.',
  controls: {
    slope: { kind: 'range', label: 'Slope', min: -5, max: 5, step: 0.5, initial: 1, unit: 'nats' },
    rate: { kind: 'range', label: 'Rate', min: 1e-5, max: 1, step: 0.25, initial: 0.01, log: true },
    shape: {
      kind: 'choice',
      label: 'Shape',
      options: { line: 'A line', square: 'A square' },
      initial: 'line',
    },
    shown: { kind: 'toggle', label: 'Show zero', initial: true },
    path: {
      kind: 'curve',
      label: 'Path',
      handles: ['at step 0', 'at step 10', 'at step 20'],
      min: 0,
      max: 1,
      step: 0.05,
      initial: [0, 0.5, 1],
    },
  },
  draw: ({ slope, rate, shape, shown, path }) => [
    {
      title: `Slope ${slope}, rate ${rate.toPrecision(3)}, ${shape}, path ${path.join(' ')}`,
      caption: shown ? 'Zero is shown.' : 'Zero is hidden.',
      x: { label: 'step' },
      y: { label: 'place' },
      marks: [{ kind: 'line', name: 'walk', x: [0, 1, 2], y: [0, slope, 2 * slope] }],
    },
  ],
});

const tried = (number: number, paper: string, name: string): Tried => {
  const id = `${String(number).padStart(2, '0')}-${name.toLowerCase()}`;
  return {
    id,
    claim: claimOf(number, paper, name),
    loadExperiment: () => Promise.resolve(experimentOf(id)),
    loadPage: () => Promise.resolve(page),
  };
};

/** A result of the first paper, with an arm that diverged. */
export function storedResult(verdict: Verdict): StoredResult {
  return {
    format: 1,
    id: '01-walks',
    size: 'full',
    code: '0123456789abcdef'.repeat(4),
    versions: { offprint: '0.1.0', node: '26.0.0' },
    machine: {
      processor: 'A processor <i>',
      cores: 2,
      memoryBytes: 8 * 2 ** 30,
      platform: 'linux',
      device: 'wasm',
    },
    startedAt: '2026-03-01T00:00:00Z',
    finishedAt: '2026-03-01T00:10:00Z',
    wallSeconds: 600,
    cpuSeconds: 1100,
    runs: ['up', 'down'].flatMap((arm) =>
      seeds.map((seed) => ({
        arm,
        seed,
        metrics: { place: arm === 'up' ? seed : Number.NaN },
        wallSeconds: 1,
        cpuSeconds: 1,
      })),
    ),
    series: [{ arm: 'up', seed: 1, name: 'place', x: [1, 2], y: [1, Infinity] }],
    decision: {
      verdict,
      sentence: 'Walks end 2.0 above zero [1.1, 2.9].',
      findings: [
        {
          name: 'end of the walks',
          estimate: 2,
          low: 1.1,
          high: 2.9,
          unit: 'steps',
          criterion: 'above 0',
          holds: true,
        },
        { name: 'end of those that diverge', estimate: Number.NaN },
      ],
    },
  };
}

export interface TestLabOptions {
  readonly verdict?: Verdict;
  readonly notes?: string;
  /** The stored result is damaged. */
  readonly damaged?: boolean;
}

export function testLab({ verdict = 'confirmed', notes, damaged }: TestLabOptions = {}): Lab {
  const readDataSet: Lab['readDataSet'] = (name) =>
    Promise.reject(new LabError('missing-data', `The data set ${name} is not installed: install it.`));
  return {
    experiments: [tried(1, runPaper, 'Walks'), tried(2, notRunPaper, 'Rests')],
    readResult: (id) => {
      if (id !== '01-walks') return Promise.resolve(undefined);
      return damaged
        ? Promise.reject(new LabError('damaged-file', 'The result is damaged.'))
        : Promise.resolve(storedResult(verdict));
    },
    readNotes: () => Promise.resolve(notes),
    readDataSet,
    async packDataSet(name) {
      if (name === 'moby-dick') return packDataSet('moby-dick', { text: 'Call it a text. '.repeat(200) });
      return name === 'mnist' ? packDataSet('mnist', await readDataSet('mnist')) : undefined;
    },
  };
}

// A worker that runs an experiment's units, one after another: the same code as in Node.
import {
  createSeriesCollector,
  type DataSetName,
  type DataSetSource,
  type DataSets,
  type Experiment,
  findExperiment,
  type Report,
  type Size,
  startDevice,
} from '@offprint/lab/browser';
import { fetchDataSet } from './fetch-data-set.ts';
import type { Answered, Asked, FromWorker, LivePoint, ToWorker } from './messages.ts';

/** A message for every step would cost more than the step. */
const messagePauseMs = 80;

interface Opened {
  readonly experiment: Experiment;
  readonly size: Size;
  readonly data: DataSetSource;
}

/** A worker's own scope, which the types of a page know as a window. */
const scope: { postMessage(message: Answered): void } = self;

let opened: Opened | undefined;

self.addEventListener('message', ({ data: { id, question } }: MessageEvent<Asked>) => {
  const say = (answer: FromWorker): void => scope.postMessage({ id, answer });
  answerTo(question, say).then(say, (error: unknown) => say({ kind: 'failed', sentence: sentenceOf(error) }));
});

async function answerTo(message: ToWorker, say: (answer: FromWorker) => void): Promise<FromWorker> {
  if (message.kind === 'open') {
    const { number, size } = message;
    const tried = findExperiment(number);
    if (tried === undefined) throw new Error('This page is older than the site: load it again.');
    const device = await startDevice(message.device);
    const experiment = await tried.loadExperiment().catch(() => {
      throw new Error(
        'The experiment could not be loaded: look whether this site can be reached, then load the page again.',
      );
    });
    opened = { experiment, size, data: dataSource(experiment) };
    return { kind: 'opened', plan: experiment.plans[size], live: experiment.live, device };
  }
  if (opened === undefined) throw new Error('The experiment has not been opened.');
  if (message.kind === 'plot') return { kind: 'plots', plots: opened.experiment.plots(message.results) };
  const { experiment, size, data } = opened;
  const { arm, seed } = message.unit;
  const collector = createSeriesCollector();
  let points: LivePoint[] = [];
  let share = 0;
  let toldMs = 0;
  const tell = (): void => {
    if (performance.now() - toldMs < messagePauseMs) return;
    toldMs = performance.now();
    say({ kind: 'progress', share, points });
    points = [];
  };
  const report: Report = {
    progress(done) {
      share = done;
      tell();
    },
    point(series, x, y) {
      collector.add(series, x, y);
      if (series === experiment.live?.series) points.push({ x, y });
      tell();
    },
  };
  const startedMs = performance.now();
  const metrics = await experiment.run(size, arm, seed, report, data);
  const seconds = (performance.now() - startedMs) / 1000;
  say({ kind: 'progress', share: 1, points });
  return { kind: 'finished', metrics, series: collector.collected(), seconds };
}

/** The declared data sets, each loaded when it is first opened. */
function dataSource({ id, data: declared }: Experiment): DataSetSource {
  const loading: { [Name in DataSetName]?: Promise<DataSets[Name]> } = {};
  return {
    open<Name extends DataSetName>(name: Name): Promise<DataSets[Name]> {
      if (!declared.includes(name))
        return Promise.reject(new Error(`${id} opens the data set ${name} without declaring it.`));
      const known: Promise<DataSets[Name]> | undefined = loading[name];
      if (known !== undefined) return known;
      const set = fetchDataSet(name);
      Object.assign(loading, { [name]: set });
      return set;
    },
  };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// The inside of a thread that runs units, one after another, on the experiment's own code.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { defaultDevice, init } from '@jax-js/jax';
import type { DataSetName, DataSets } from '../data-sets/data-sets.ts';
import { unpackDataSet } from '../data-sets/pack-data-set.ts';
import type { DataSetSource, Experiment, Report } from '../experiment/experiment.ts';
import { LabError } from '../lab-error.ts';
import { loadExperimentModule } from './experiment-module.ts';
import { createSeriesCollector } from './series-collector.ts';
import type {
  ReportedPoint,
  ThreadMessage,
  ThreadRequest,
  ThreadTask,
  UnitOutcome,
} from './thread-messages.ts';

const messagePauseMs = 100;

async function serve(port: MessagePort, task: ThreadTask): Promise<void> {
  const say = (message: ThreadMessage): void => port.postMessage(message);
  process.setSourceMapsEnabled(true);
  await init('wasm');
  defaultDevice('wasm');
  const experiment = await loadExperimentModule(task.module);
  const data = openDataSets(experiment, task);
  port.on('message', (unit: ThreadRequest) => {
    runUnit(experiment, task, unit, data, say).then(
      (outcome) => say({ kind: 'finished', outcome }),
      (error: unknown) => say(failure(error)),
    );
  });
  say({ kind: 'ready' });
}

async function runUnit(
  experiment: Experiment,
  { size }: ThreadTask,
  { arm, seed }: ThreadRequest,
  data: DataSetSource,
  say: (message: ThreadMessage) => void,
): Promise<UnitOutcome> {
  const collector = createSeriesCollector();
  let points: ReportedPoint[] = [];
  let share = 0;
  let lastMs = 0;
  const tell = (): void => {
    // A message for every step would cost more than the step.
    if (performance.now() - lastMs < messagePauseMs) return;
    lastMs = performance.now();
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
      points.push({ series, x, y });
      tell();
    },
  };
  const startedMs = performance.now();
  const startedCpu = process.threadCpuUsage();
  const measured: unknown = await experiment.run(size, arm, seed, report, data);
  const cpu = process.threadCpuUsage(startedCpu);
  if (points.length > 0) say({ kind: 'progress', share: 1, points });
  return {
    metrics: metricsOf(measured),
    series: collector.collected(),
    wallSeconds: (performance.now() - startedMs) / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
  };
}

/** What the run measured, if it is what it must be: the type alone does not keep an array or a string out. */
function metricsOf(measured: unknown): Record<string, number> {
  if (typeof measured !== 'object' || measured === null) throw new TypeError('The run returned no metrics.');
  const metrics: Record<string, number> = {};
  for (const [name, value] of Object.entries(measured)) {
    if (typeof value !== 'number') throw new TypeError(`The metric "${name}" is not a number.`);
    metrics[name] = value;
  }
  return metrics;
}

/** The data sets that the experiment declared, each unpacked when it is first opened. */
function openDataSets({ id, data: declared }: Experiment, { dataSets }: ThreadTask): DataSetSource {
  const opened: { [Name in DataSetName]?: DataSets[Name] } = {};
  return {
    async open(name) {
      const bytes = dataSets.get(name);
      if (!declared.includes(name) || bytes === undefined)
        throw new LabError(
          'missing-data',
          `${id} opens the data set ${name} without declaring it in "data".`,
        );
      const value = opened[name] ?? unpackDataSet(name, bytes);
      opened[name] = value;
      return value;
    },
  };
}

function failure(error: unknown): ThreadMessage {
  return {
    kind: 'failed',
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    stack: error instanceof Error ? (error.stack ?? '') : '',
  };
}

const port = parentPort;
if (port !== null) serve(port, workerData).catch((error: unknown) => port.postMessage(failure(error)));

// A training step of three reference models, beside TensorFlow.js on wasm and PyTorch on one thread: same weights, same
// batches, same losses, and the memory of five hundred steps.
import {
  type MeasuredStep,
  type ModelName,
  models,
  type TrainingSide,
  type TrainingStart,
  trainingStart,
} from './training-models.ts';
import { openTfjs } from './training-tfjs.ts';
import { openTorch } from './training-torch.ts';

const modelNames: readonly ModelName[] = ['mlp', 'gpt', 'cnn'];
/** Steps over which the losses are compared; the first compile. */
const comparedSteps = 10;
/** How far the losses of two sides may be apart, as a share: single precision, sums taken in another order. */
const lossTolerance = 1e-5;
/** Rounds that are timed, a step of every side in each. */
const rounds: Readonly<Record<ModelName, number>> = { mlp: 150, gpt: 15, cnn: 50 };
const memorySteps = 500;

export interface TrainingStepOptions {
  /** Models by name with commas between, all when left out. */
  readonly models?: string | undefined;
}

/** Prints a line a side: milliseconds a step, and how many times as much of a processor as ours. */
export async function benchTrainingStep(options: TrainingStepOptions = {}): Promise<void> {
  const asked = options.models?.split(',') ?? modelNames;
  for (const name of modelNames.filter((model) => asked.includes(model))) {
    const start = await trainingStart(name);
    await compare(start);
    await measureMemory(start);
  }
}

async function compare(start: TrainingStart): Promise<void> {
  process.stdout.write(`\n${start.model}\n`);
  const ours = models[start.model].open(start);
  const others = [await openTfjs(start), await openTorch(start)].filter((side) => side !== undefined);
  const sides = [ours, ...others];
  const losses = new Map<TrainingSide, number[]>(sides.map((side) => [side, []]));
  for (let i = 0; i < comparedSteps; i++) {
    for (const side of sides) losses.get(side)?.push((await side.step(i)).loss);
  }
  const steps = new Map<TrainingSide, MeasuredStep[]>(sides.map((side) => [side, []]));
  for (let i = 0; i < rounds[start.model]; i++) {
    for (const side of sides) steps.get(side)?.push(await side.step(i));
  }
  const own = losses.get(ours) ?? [];
  const ownMs = median((steps.get(ours) ?? []).map(({ cpuMs }) => cpuMs));
  for (const side of sides) {
    const cpuMs = median((steps.get(side) ?? []).map((step) => step.cpuMs));
    const wallMs = median((steps.get(side) ?? []).map((step) => step.wallMs));
    const apart = Math.max(
      ...own.map((loss, i) => Math.abs((losses.get(side)?.[i] ?? Number.NaN) - loss) / Math.abs(loss)),
    );
    const agreement = apart <= lossTolerance ? 'same losses' : 'OTHER LOSSES';
    const beside =
      side === ours ? '' : `  ${(cpuMs / ownMs).toFixed(2)} × ours; ${agreement} (${apart.toExponential(1)})`;
    const [cpu, wall] = [cpuMs, wallMs].map((ms) => ms.toFixed(1).padStart(7));
    process.stdout.write(
      `  ${side.name.padEnd(28)} ${cpu} ms of CPU a step, ${wall} ms by the clock${beside}\n`,
    );
  }
  for (const side of sides) await side.close();
}

/** Resident memory of this process after a tenth of the steps and after all. */
async function measureMemory(start: TrainingStart): Promise<void> {
  const side = models[start.model].open(start);
  let early = 0;
  for (let i = 0; i < memorySteps; i++) {
    await side.step(i);
    if (i === memorySteps / 10) early = process.memoryUsage.rss();
  }
  const late = process.memoryUsage.rss();
  await side.close();
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  process.stdout.write(
    `  memory after ${memorySteps / 10} steps ${megabytes(early)}, after ${memorySteps} ${megabytes(late)}\n`,
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

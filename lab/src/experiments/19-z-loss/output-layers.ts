// The two output layers side by side: whether their weights stay the same, and what a step of each costs.
import { FactoredOutput, pcg32, type Random, zLossView } from '@offprint/methods';
import { denseOutputStep } from './dense-output.ts';

export interface LayerShape {
  readonly width: number;
  readonly batch: number;
}

const loss = zLossView({ a: 0.3, b: 5 });
const learningRate = 0.01;

/** The largest difference of any weight after so many steps from the same start on the same examples. */
export function largestDifference(
  { width, batch }: LayerShape,
  classes: number,
  steps: number,
  seed: number,
): number {
  const random = pcg32(seed, 1);
  const weights = drawWeights(random, classes * width);
  const factored = new FactoredOutput(weights, { classes, width, restabilizeEvery: 20 });
  for (let step = 0; step < steps; step++) {
    const { features, labels } = drawBatch(random, { width, batch }, classes);
    factored.step(features, labels, loss, learningRate);
    denseOutputStep(weights, features, labels, loss, learningRate);
  }
  return factored
    .weights()
    .reduce((most, value, i) => Math.max(most, Math.abs(value - (weights[i] ?? Number.NaN))), 0);
}

/** Milliseconds of single steps, after some that are not counted. */
export function stepTimes(
  kind: 'dense' | 'factored',
  { width, batch }: LayerShape,
  classes: number,
  { uncounted, counted, seed }: { uncounted: number; counted: number; seed: number },
): number[] {
  const random = pcg32(seed, 2);
  const weights = drawWeights(random, classes * width);
  const factored = kind === 'factored' ? new FactoredOutput(weights, { classes, width }) : undefined;
  const times: number[] = [];
  for (let step = 0; step < uncounted + counted; step++) {
    const { features, labels } = drawBatch(random, { width, batch }, classes);
    const start = performance.now();
    if (factored === undefined) denseOutputStep(weights, features, labels, loss, learningRate);
    else factored.step(features, labels, loss, learningRate);
    if (step >= uncounted) times.push(performance.now() - start);
  }
  return times;
}

function drawWeights(random: Random, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => 0.2 * random.nextUnit() - 0.1);
}

function drawBatch(
  random: Random,
  { width, batch }: LayerShape,
  classes: number,
): { features: Float64Array; labels: Int32Array } {
  return {
    features: Float64Array.from({ length: batch * width }, () => 2 * random.nextUnit() - 1),
    labels: Int32Array.from({ length: batch }, () => random.nextBelow(classes)),
  };
}

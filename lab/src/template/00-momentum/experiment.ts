// Both ways down the same valley from the same place, each at the best of five learning rates.
import { numpy as np } from '@jax-js/jax';
import { jitStep, momentum, pcg32, trainState } from '@offprint/methods';
import { defineExperiment } from '../../experiment/experiment.ts';
import { baseline, finalLoss, method } from './claim.ts';
import { plots } from './plots.ts';

interface Config {
  /** μ; 0 is gradient descent. */
  readonly decay: number;
  readonly steps: number;
}

const dimensions = 50;
/** The steepest direction over the flattest. */
const condition = 100;
/** Shares of 2/(steepest curvature), where plain descent begins to diverge; each arm has the best of them. */
const learningRates = [0.1, 0.25, 0.5, 0.75, 0.95];

function arms(steps: number): Record<string, Config> {
  return { [baseline]: { decay: 0, steps }, [method]: { decay: 0.9, steps } };
}

export const experiment = defineExperiment<Config>({
  id: '00-momentum',
  data: [],
  plans: {
    smoke: { arms: arms(30), seeds: 2, secondsPerRun: 0.5 },
    short: { arms: arms(100), seeds: 6, secondsPerRun: 1 },
    full: { arms: arms(200), seeds: 8, secondsPerRun: 2 },
  },
  run: async ({ decay, steps }, seed, report) => {
    const losses: number[] = [];
    for (const [i, share] of learningRates.entries()) {
      // Only the curve of one rate is shown; the best is chosen by the last loss.
      const loss = descend(decay, (share * 2) / condition, steps, seed, (step, value) => {
        if (share === 0.5) report.point('loss', step, Math.log10(value));
        report.progress((i + step / steps) / learningRates.length);
      });
      losses.push(loss);
    }
    // A rate that diverged is no candidate, unless all did.
    const finite = losses.filter(Number.isFinite);
    return { [finalLoss]: Math.log10(finite.length > 0 ? Math.min(...finite) : Number.NaN) };
  },
  live: { series: 'loss', title: 'Losses so far', xLabel: 'step', yLabel: 'log10 loss' },
  plots,
});

/** ½ Σ λᵢ θᵢ² after the last step, from a place that the seed chooses; λ from 1 to the condition, evenly in logarithm. */
function descend(
  decay: number,
  learningRate: number,
  steps: number,
  seed: number,
  onStep: (step: number, loss: number) => void,
): number {
  const random = pcg32(seed);
  const start = Array.from({ length: dimensions }, () => random.nextUnit() * 2 - 1);
  const curvatures = start.map((_, i) => condition ** (i / (dimensions - 1)));
  const optimizer = momentum<np.Array>({ decay });
  const step = jitStep(
    (theta: np.Array, lambda: np.Array) => lambda.mul(theta.ref).mul(theta).sum().mul(0.5),
    optimizer,
  );
  let state = trainState(np.array(start), optimizer);
  let last = Number.NaN;
  for (let i = 1; i <= steps; i += 1) {
    const stepped = step(state, np.array(curvatures), learningRate);
    state = stepped.state;
    last = Number(stepped.loss.js());
    onStep(i, last);
  }
  step.dispose();
  return last;
}

// The valley with a straight bed: simulated walks beside what is known about them in closed form.
import {
  constant,
  descendValley,
  expectedDescent,
  optimalLearningRates,
  pcg32,
  type RiverValley,
  type Schedule,
  stationaryExcessLoss,
  warmupStableDecay,
} from '@offprint/methods';
import type { Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import {
  type Budgets,
  cosineOracle,
  decaySteps,
  restartedCosine,
  wsd,
  wsdSimplified,
} from './tried-schedules.ts';

export interface ValleyArm {
  readonly level: 'valley';
  readonly walks: number;
}

export const valley: RiverValley = { slope: 0.1, curvature: 1, noiseVariance: 1 };
export const valleyPeak = 0.8;
export const valleyBudgets: Budgets = { steps: [100, 200], warmup: 5, decayFraction: 0.1, minRatio: 0.1 };

/** What the valley makes of a schedule: the expected loss after some steps, exactly. */
function lossAfter(schedule: Schedule, steps: number): number {
  const { river, wall } = expectedDescent(valley, schedule, steps);
  return (river[steps - 1] ?? 0) + (wall[steps - 1] ?? 0);
}

export function runValleyArm({ walks }: ValleyArm, seed: number, report: Report): Metrics {
  const [, steps] = valleyBudgets.steps;
  const [decay1, decay2] = decaySteps(valleyBudgets);
  const { warmup, decayFraction, minRatio } = valleyBudgets;
  const schedule = warmupStableDecay({ peak: valleyPeak, warmup, total: steps, decayFraction, minRatio });
  const random = pcg32(seed, 4);
  const walls = new Float64Array(steps);
  for (let walk = 0; walk < walks; walk++) {
    for (const [step, { wall }] of descendValley(valley, { schedule, steps, random }).entries()) {
      walls[step] = (walls[step] ?? 0) + wall / walks;
    }
    if ((walk + 1) % 200 === 0) report.progress((walk + 1) / walks);
  }
  const { river, wall } = expectedDescent(valley, schedule, steps);
  for (let step = 0; step < steps; step += 5) {
    report.point('wall, simulated', step + 1, walls[step] ?? Number.NaN);
    report.point('wall, expected', step + 1, wall[step] ?? Number.NaN);
    report.point('river, expected', step + 1, river[step] ?? Number.NaN);
  }
  const fork = steps - Math.round(steps * decayFraction);
  const stableWalls = walls.slice(fork - 40, fork);
  const stationary = stationaryExcessLoss(valleyPeak, valley);
  const best = optimalLearningRates((2 * stationary) / valley.curvature, steps - fork, valley);
  const gain = (of: Schedule): number => {
    const part = expectedDescent(valley, of, steps);
    return (
      (part.river[fork - 1] ?? 0) +
      (part.wall[fork - 1] ?? 0) -
      (part.river[steps - 1] ?? 0) -
      (part.wall[steps - 1] ?? 0)
    );
  };
  return {
    'simulated over stationary wall': stableWalls.reduce((sum, value) => sum + value, 0) / 40 / stationary,
    'simulated over expected wall after the decay': (walls[steps - 1] ?? 0) / (wall[steps - 1] ?? 1),
    'best first rate of a decay': best[0] ?? Number.NaN,
    'gain of the decay': gain(schedule),
    'gain of as many stable steps': gain(constant(valleyPeak)),
    'loss of WSD': lossAfter(schedule, steps),
    'loss of WSD, equal steps in all': lossAfter(
      wsd(valleyPeak, valleyBudgets, steps - decay1, decay2),
      steps - decay1,
    ),
    'loss of WSD-S': lossAfter(wsdSimplified(valleyPeak, valleyBudgets), steps),
    'loss of cyclic cosine': lossAfter(restartedCosine(valleyPeak, valleyBudgets), steps),
    'loss of cosine': lossAfter(cosineOracle(valleyPeak, valleyBudgets, steps), steps),
  };
}

// Paper 28 on published loss curves: laws fitted to two curves a model size and tried on seven unseen schedules.
import { annealingArea, mean } from '@offprint/methods';
import { type DataSetSource, defineExperiment, type Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import { ablationArm, lawArm, modelSizes, twoCosinesArm } from './claim.ts';
import { curveErrors, fitLaw, type LawConfig, publishedCurve } from './fit-published.ts';
import { ownArm } from './own-findings.ts';
import { type OwnConfig, splitText, trainOwnModel } from './own-model.ts';
import { ownNames, ownPeak } from './own-schedules.ts';
import { drawnSchedules, plots } from './plots.ts';
import { fittedSchedules, twoCosines, unseenSchedules, warmup } from './published-schedules.ts';

type Config = FitConfig | OwnConfig;

interface FitConfig extends LawConfig {
  readonly sizes: readonly number[];
  /** Whether its errors point by point, and the curves that are drawn, are kept: those of the arms that the rule compares. */
  readonly kept?: boolean;
}

const fitted = fittedSchedules;
const sizes = modelSizes;
/** With a sudden fall among them, as the multi-power law's authors fit theirs: two curves leave its exponents open. */
const withStep = [...fittedSchedules, 'wsdcon_9'] as const;

const lawArms: Readonly<Record<string, FitConfig>> = {
  [lawArm]: { law: 'annealing', fitted, sizes, kept: true },
  [ablationArm]: { law: 'areas alone', fitted, sizes, kept: true },
  'steps alone': { law: 'steps', fitted, sizes },
  'multi-power law': { law: 'multi-power', fitted, sizes },
  'law, step seen': { law: 'annealing', fitted: withStep, sizes },
  'multi-power law, step seen': { law: 'multi-power', fitted: withStep, sizes },
  [twoCosinesArm]: { law: 'annealing', fitted: twoCosines, sizes },
  'law, λ = 0.99': { law: 'annealing', lambda: 0.99, fitted, sizes },
  'law, λ = 0.9995': { law: 'annealing', lambda: 0.9995, fitted, sizes },
};

const smokeArms: Readonly<Record<string, FitConfig>> = {
  [lawArm]: { law: 'annealing', fitted, sizes: [25], kept: true },
  [ablationArm]: { law: 'areas alone', fitted, sizes: [25], kept: true },
};

/** Half a million characters under each schedule: enough for the curve to bend, little enough to be waited for. */
export const ownFull: OwnConfig = {
  steps: 400,
  every: 8,
  layers: 2,
  width: 48,
  heads: 2,
  context: 32,
  batch: 16,
  heldOutBatches: 8,
};
const ownSmoke: OwnConfig = { ...ownFull, steps: 20, every: 5, width: 16, batch: 4, heldOutBatches: 1 };

export const experiment = defineExperiment<Config>({
  id: '28-lr-annealing',
  data: ['loss-curves', 'moby-dick'],
  plans: {
    smoke: { arms: { ...smokeArms, [ownArm]: ownSmoke }, seeds: 1, secondsPerRun: 2 },
    short: { arms: lawArms, seeds: 1, secondsPerRun: 3 },
    full: { arms: { ...lawArms, [ownArm]: ownFull }, seeds: 6, secondsPerRun: 6 },
  },
  run: async (config, seed, report, data) => {
    if ('steps' in config) return runOwn(config, seed, report, data);
    // Nothing is random in a fit: it is made under the first seed.
    return seed === 1 ? runFit(config, report, data) : {};
  },
  plots,
});

/** The held-out loss under each schedule, as curves and at the end. */
async function runOwn(
  config: OwnConfig,
  seed: number,
  report: Report,
  data: DataSetSource,
): Promise<Metrics> {
  const text = splitText((await data.open('moby-dick')).text);
  const metrics: Record<string, number> = {};
  for (const [i, name] of ownNames.entries()) {
    await trainOwnModel(config, { name, peak: ownPeak, seed, text }, (steps, loss) => {
      report.point(`own loss, ${name}`, steps, Math.round(loss * 1e5) / 1e5);
      report.progress((i + steps / config.steps) / ownNames.length);
      metrics[`own loss, ${name}`] = loss;
    });
  }
  return metrics;
}

async function runFit(config: FitConfig, report: Report, data: DataSetSource): Promise<Metrics> {
  const curves = await data.open('loss-curves');
  const metrics: Record<string, number> = {};
  for (const [i, size] of config.sizes.entries()) {
    const law = fitLaw(
      config,
      config.fitted.map((schedule) => publishedCurve(curves, size, schedule)),
    );
    for (const [name, value] of Object.entries(law.constants)) metrics[`${name}, ${size}M`] = value;
    const unseen = [...fittedSchedules, ...unseenSchedules].filter((name) => !config.fitted.includes(name));
    const judged = unseen.map((schedule) => {
      const curve = publishedCurve(curves, size, schedule);
      const predicted = law.predict(curve);
      const errors = curveErrors(predicted, curve.losses);
      const areas = annealingArea(curve.learningRates, { warmup });
      metrics[`error, ${size}M ${schedule}`] = mean(errors.relative);
      if (config.kept === true) {
        pointsOf(report, `error, ${size}M ${schedule}`, curve.steps, errors.relative);
        if (Object.hasOwn(drawnSchedules, schedule)) {
          pointsOf(report, `predicted, ${size}M ${schedule}`, curve.steps, predicted);
          pointsOf(report, `measured, ${size}M ${schedule}`, curve.steps, curve.losses);
        }
      }
      const annealed = errors.relative.filter((_, place) => (areas[curve.steps[place] ?? 0] ?? 0) > 0);
      return { ...errors, annealed };
    });
    metrics[`error, ${size}M`] = mean(judged.map(({ relative }) => mean(relative)));
    metrics[`error once annealed, ${size}M`] = mean(
      judged.filter(({ annealed }) => annealed.length > 0).map(({ annealed }) => mean(annealed)),
    );
    metrics[`worst point, ${size}M`] = Math.max(...judged.flatMap(({ relative }) => relative));
    metrics[`R², ${size}M`] = mean(judged.map(({ rSquared }) => rSquared));
    report.progress((i + 1) / config.sizes.length);
  }
  return metrics;
}

/** Four decimals, as the losses are published: the results stay small. */
function pointsOf(report: Report, name: string, steps: ArrayLike<number>, values: ArrayLike<number>): void {
  for (let i = 0; i < steps.length; i++) {
    report.point(name, steps[i] ?? 0, Math.round((values[i] ?? Number.NaN) * 1e4) / 1e4);
  }
}

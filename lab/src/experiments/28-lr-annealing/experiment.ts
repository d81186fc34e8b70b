// Paper 28 on published loss curves: laws fitted to two curves a model size and tried on seven unseen schedules.
import { annealingArea, mean } from '@offprint/methods';
import { type DataSetSource, defineExperiment, type Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import { ablationArm, lawArm, modelSizes, twoCosinesArm } from './claim.ts';
import { curveErrors, fitLaw, type LawConfig, publishedCurve } from './fit-published.ts';
import { drawnSchedules, plots } from './plots.ts';
import { fittedSchedules, twoCosines, unseenSchedules, warmup } from './published-schedules.ts';

interface Config extends LawConfig {
  readonly sizes: readonly number[];
  /** Whether its errors point by point, and the curves that are drawn, are kept: those of the arms that the rule compares. */
  readonly kept?: boolean;
}

const fitted = fittedSchedules;
const sizes = modelSizes;
/** With a sudden fall among them, as the multi-power law's authors fit theirs: two curves leave its exponents open. */
const withStep = [...fittedSchedules, 'wsdcon_9'] as const;

const lawArms: Readonly<Record<string, Config>> = {
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

const smokeArms: Readonly<Record<string, Config>> = {
  [lawArm]: { law: 'annealing', fitted, sizes: [25], kept: true },
  [ablationArm]: { law: 'areas alone', fitted, sizes: [25], kept: true },
};

export const experiment = defineExperiment<Config>({
  id: '28-lr-annealing',
  data: ['loss-curves'],
  plans: {
    smoke: { arms: smokeArms, seeds: 1, secondsPerRun: 1 },
    short: { arms: lawArms, seeds: 1, secondsPerRun: 3 },
    full: { arms: lawArms, seeds: 1, secondsPerRun: 3 },
  },
  run,
  plots,
});

/** Nothing is random in a fit, so the seed is not used and one is enough. */
async function run(config: Config, _seed: number, report: Report, data: DataSetSource): Promise<Metrics> {
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

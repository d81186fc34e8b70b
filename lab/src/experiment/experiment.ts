// What an experiment is: arms and seeds at three sizes, and one function that runs one arm under one seed.
import type { DataSetName, DataSets } from '../data-sets/data-sets.ts';
import type { Plot } from '../plot/plot.ts';
import type { Metrics, Results } from './results.ts';
import type { Size } from './size.ts';

/** Where a run tells what is happening; each call returns at once. */
export interface Report {
  /** The share of this run that is done, from 0 to 1. */
  progress(share: number): void;
  /** A point of a curve, drawn as it comes and kept with the results. `x` never falls within one series. */
  point(series: string, x: number, y: number): void;
}

/** Opens data sets by name; what an experiment did not declare is refused. */
export interface DataSetSource {
  /** @throws LabError `missing-data` with a sentence that says what to install */
  open<Name extends DataSetName>(name: Name): Promise<DataSets[Name]>;
}

/** What is run at one size. */
export interface Plan<Config> {
  /** The arms (method or baseline under one configuration), by the name that tables and plots use. */
  readonly arms: Readonly<Record<string, Config>>;
  /** Every arm runs under the seeds 1 to this number. */
  readonly seeds: number;
  /** Seconds that one arm under one seed takes on one core, about; as measured. */
  readonly secondsPerRun: number;
}

export interface ExperimentOptions<Config> {
  /** The folder's name, `NN-name`. */
  readonly id: string;
  readonly data: readonly DataSetName[];
  readonly plans: Readonly<Record<Size, Plan<Config>>>;
  /**
   * One arm under one seed. Deterministic: the same configuration, seed and code give the same metrics on any machine
   * of the same arithmetic. It ends early only by being stopped from outside, so it needs no signal.
   * Runs in a worker thread of Node and in a browser's worker: no DOM, no `node:` module.
   */
  run(config: Config, seed: number, report: Report, data: DataSetSource): Promise<Metrics>;
  /** The series drawn while a run goes on: one line an arm. Left out: nothing is drawn until the end. */
  readonly live?: LivePlot;
  /** The plots of finished results, the most telling first. Pure. */
  plots(results: Results): readonly Plot[];
}

/** How points that come in during a run are drawn: a line for each arm. */
export interface LivePlot {
  readonly series: string;
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly yScale?: 'linear' | 'log';
}

/** A plan as others see it: which arms and how long, not how they are configured. */
export interface PlanSummary {
  readonly arms: readonly string[];
  readonly seeds: number;
  readonly secondsPerRun: number;
}

/** An experiment whose configurations only it knows. */
export interface Experiment {
  readonly id: string;
  readonly data: readonly DataSetName[];
  readonly plans: Readonly<Record<Size, PlanSummary>>;
  readonly live: LivePlot | undefined;
  /** Runs one arm of a size's plan under one seed. @throws RangeError for an arm that the plan does not have */
  run(size: Size, arm: string, seed: number, report: Report, data: DataSetSource): Promise<Metrics>;
  plots(results: Results): readonly Plot[];
}

/** Closes an experiment over its type of configuration, so that runners and pages need not know it. */
export function defineExperiment<Config>(options: ExperimentOptions<Config>): Experiment {
  const { id, data, plans, live, plots } = options;
  const summary = ({ arms, seeds, secondsPerRun }: Plan<Config>): PlanSummary => ({
    arms: Object.keys(arms),
    seeds,
    secondsPerRun,
  });
  return {
    id,
    data,
    plans: { smoke: summary(plans.smoke), short: summary(plans.short), full: summary(plans.full) },
    live,
    plots,
    run: async (size, arm, seed, report, source) => {
      const config = Object.hasOwn(plans[size].arms, arm) ? plans[size].arms[arm] : undefined;
      if (config === undefined) throw new RangeError(`${id} has no arm "${arm}" at size ${size}.`);
      return await options.run(config, seed, report, source);
    },
  };
}

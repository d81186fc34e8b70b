// What of the lab runs in a browser as in Node: claims, experiments, pages and plots as data. No `node:` module.
export { type DataSetName, type DataSets, dataSetNames } from '../data-sets/data-sets.ts';
export type { ImageSet, LabelledImages } from '../data-sets/image-set.ts';
export type { LossCurve } from '../data-sets/loss-curves.ts';
export { packDataSet, unpackDataSet } from '../data-sets/pack-data-set.ts';
export type { Table } from '../data-sets/table.ts';
export type { TextSet } from '../data-sets/text-set.ts';
export {
  type Claim,
  type Decision,
  type Finding,
  type TriedPaper,
  type Verdict,
  verdicts,
} from '../experiment/claim.ts';
export {
  type DataSetSource,
  defineExperiment,
  type Experiment,
  type LivePlot,
  type PlanSummary,
  type Report,
} from '../experiment/experiment.ts';
export {
  type ChoiceControl,
  type Control,
  type Controls,
  type CurveControl,
  definePage,
  type LivePage,
  type RangeControl,
  type ToggleControl,
} from '../experiment/live-page.ts';
export {
  armsOf,
  type Metrics,
  meanSeries,
  pairedDifferences,
  type Results,
  type RunResult,
  type Series,
  seriesOf,
  valuesOf,
} from '../experiment/results.ts';
export { type Size, sizes } from '../experiment/size.ts';
export type { Tried } from '../experiment/tried.ts';
export { experiments, findExperiment } from '../experiments/all.ts';
export { LabError, type LabErrorCode } from '../lab-error.ts';
export type { Axis, Mark, Plot } from '../plot/plot.ts';
export { type ElementMaker, renderPlot } from '../plot/render-plot.ts';
export { createEstimator, type Estimate, type Estimator } from '../runner/estimate.ts';
export { type CollectedSeries, createSeriesCollector } from '../runner/series-collector.ts';
export { type Unit, unitsOf } from '../runner/unit.ts';
export { type BrowserDevice, startDevice } from './start-device.ts';

// The public face of the methods: other rooms import from here and from nowhere else in this room.

export { type ListwiseKlOptions, listwiseKlLoss } from './distillation/listwise-kl.ts';
export { FactoredOutput, type FactoredOutputOptions, type FactoredStep } from './layers/factored-output.ts';
export { type InfoNceOptions, infoNceLoss } from './losses/info-nce.ts';
export { logSphericalSoftmax } from './losses/log-spherical-softmax.ts';
export { logTaylorSoftmax } from './losses/log-taylor-softmax.ts';
export {
  logSphericalView,
  logTaylorView,
  type SphericalGradient,
  type SphericalLoss,
  type SphericalView,
  squaredErrorView,
  zLossView,
} from './losses/spherical-family.ts';
export { oneHotSquaredError } from './losses/squared-error.ts';
export { type ZLossOptions, zLoss } from './losses/z-loss.ts';
export { ranksOfLabels, topKError } from './metrics/top-k-error.ts';
export { type AdamWOptions, type AdamWState, adamW } from './optimizers/adamw.ts';
export { clipByGlobalNorm, globalNorm } from './optimizers/clip-by-global-norm.ts';
export {
  type ArrayTree,
  applyUpdates,
  chain,
  mapTree,
  type Transformation,
} from './optimizers/transformation.ts';
export { pcg32, type Random } from './random/pcg32.ts';
export {
  comparativeRegularization,
  inPoolCrossEntropy,
  robustnessIndex,
  sampleFeedbackDepths,
  sampleNestedFeedback,
} from './retrieval/lol.ts';
export { percentileNormalize } from './retrieval/percentile-normalize.ts';
export { type RocchioOptions, rocchio } from './retrieval/rocchio.ts';
export { type AnnealingAreaOptions, annealingArea, forwardArea } from './scaling/annealing-area.ts';
export {
  type AnnealingLaw,
  type FitAnnealingLawOptions,
  fitAnnealingLaw,
  predictLoss,
} from './scaling/annealing-law.ts';
export { type HuberLogFit, type HuberLogFitOptions, huberLogFit } from './scaling/huber-log-fit.ts';
export { linearStart } from './scaling/linear-start.ts';
export {
  fitMultiPowerLaw,
  type MultiPowerLaw,
  type MultiPowerOptions,
  predictMultiPowerLoss,
} from './scaling/multi-power-law.ts';
export {
  type OptimizedSchedule,
  type OptimizeScheduleOptions,
  optimizeDecay,
  optimizeSchedule,
} from './scaling/optimize-schedule.ts';
export type { LearningRates, ScheduledCurve } from './scaling/scheduled-curve.ts';
export { solvePositiveDefinite } from './scaling/solve-positive-definite.ts';
export { fitStepsLaw, predictLossAtSteps, type StepsLaw } from './scaling/steps-law.ts';
export { cyclicCosine } from './schedules/cyclic-cosine.ts';
export { constant, cosine, joinSchedules, linear, type Schedule, stepwise } from './schedules/schedule.ts';
export {
  type DecayShape,
  decay,
  type WarmupStableDecayOptions,
  type WsdSOptions,
  warmupStableDecay,
  wsdS,
} from './schedules/warmup-stable-decay.ts';
export { clusterBootstrap } from './statistics/cluster-bootstrap.ts';
export { holm } from './statistics/holm.ts';
export { mean, sampleVariance } from './statistics/mean.ts';
export { type BootstrapOptions, type Interval, pairedBootstrap } from './statistics/paired-bootstrap.ts';
export { pairedRandomizationTest, type RandomizationOptions } from './statistics/paired-randomization.ts';
export { studentTQuantile, tInterval } from './statistics/student-t.ts';

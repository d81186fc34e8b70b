// The public face of the methods: other rooms import from here and from nowhere else in this room.

export { type ListwiseKlOptions, listwiseKlLoss } from './distillation/listwise-kl.ts';
export { lossPerCopy, prefixMatchingScore, repeatSegment } from './language/copying.ts';
export {
  type RepeatedDataOptions,
  type RepeatedDataStream,
  repeatedDataStream,
} from './language/repeated-data-stream.ts';
export { type InfoNceOptions, infoNceLoss } from './losses/info-nce.ts';
export { type AdamWOptions, type AdamWState, adamW } from './optimizers/adamw.ts';
export { clipByGlobalNorm, globalNorm } from './optimizers/clip-by-global-norm.ts';
export { interpolateParams } from './optimizers/interpolate-params.ts';
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
export {
  effectiveParameters,
  fitLossPowerLaw,
  type LossPowerLaw,
  lossOfSize,
  repetitionBand,
} from './scaling/model-size-law.ts';
export { cyclicCosine } from './schedules/cyclic-cosine.ts';
export {
  type NoisyQuadratic,
  nextExpectedSquare,
  optimalLearningRates,
  stationaryExcessLoss,
} from './schedules/noisy-quadratic.ts';
export { descendValley, expectedDescent, type Place, type RiverValley } from './schedules/river-valley.ts';
export { constant, cosine, joinSchedules, linear, type Schedule, stepwise } from './schedules/schedule.ts';
export {
  type DecayShape,
  decay,
  type WarmupStableDecayOptions,
  type WsdSOptions,
  warmupStableDecay,
  wsdS,
} from './schedules/warmup-stable-decay.ts';
export { holm } from './statistics/holm.ts';
export { mean, sampleVariance } from './statistics/mean.ts';
export { type BootstrapOptions, type Interval, pairedBootstrap } from './statistics/paired-bootstrap.ts';
export { pairedRandomizationTest, type RandomizationOptions } from './statistics/paired-randomization.ts';
export { studentTQuantile, tInterval } from './statistics/student-t.ts';

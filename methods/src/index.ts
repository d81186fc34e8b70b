// The public face of the methods: other rooms import from here and from nowhere else in this room.

export {
  avgAccuracy,
  avgForgetting,
  type ContinualRecord,
  evaluatedEvery,
  learningCurveArea,
  minAccuracy,
  taskCurve,
  worstCaseAccuracy,
} from './continual/continual-metrics.ts';
export { ewcPenalty, fisherOfBatches } from './continual/ewc.ts';
export { gemProject } from './continual/gem.ts';
export { type LwfOptions, lwfLoss } from './continual/lwf.ts';
export { expectedNoisyMinimum } from './continual/noise-minimum.ts';
export { ReplayBuffer, type ReplayBufferOptions } from './continual/replay-buffer.ts';
export {
  avgWindowedForgetting,
  avgWindowedPlasticity,
  windowedForgetting,
  windowedPlasticity,
} from './continual/windowed-change.ts';
export { type ListwiseKlOptions, listwiseKlLoss } from './distillation/listwise-kl.ts';
export { hessianVectorProduct } from './gradients/hessian-vector-product.ts';
export {
  interpolateParams,
  projectOut,
  treeAdd,
  treeDot,
  treeNorm,
  treeScale,
  treeSubtract,
} from './gradients/tree-arithmetic.ts';
export {
  type Compiled,
  gradTree,
  jitTree,
  jvpTree,
  valueAndGradTree,
} from './gradients/typed-transformations.ts';
export { lossPerCopy, prefixMatchingScore, repeatSegment } from './language/copying.ts';
export {
  type RepeatedDataOptions,
  type RepeatedDataStream,
  repeatedDataStream,
} from './language/repeated-data-stream.ts';
export { relu } from './layers/activations.ts';
export {
  type AttentionInit,
  type AttentionOptions,
  type AttentionParams,
  attention,
  initAttention,
  type OnWeights,
} from './layers/attention.ts';
export {
  type ConvolutionInit,
  type ConvolutionOptions,
  type ConvolutionParams,
  convolution,
  initConvolution,
  type Padding,
} from './layers/convolution.ts';
export { dropout } from './layers/dropout.ts';
export { type EmbeddingOptions, type EmbeddingParams, embedding, initEmbedding } from './layers/embedding.ts';
export { embeddingByDigits } from './layers/embedding-by-digits.ts';
export { FactoredOutput, type FactoredOutputOptions, type FactoredStep } from './layers/factored-output.ts';
export {
  type Activation,
  type FeedForwardInit,
  type FeedForwardParams,
  feedForward,
  initFeedForward,
} from './layers/feed-forward.ts';
export {
  fansOf,
  glorotUniform,
  heNormal,
  type Initializer,
  lecunNormal,
  normal,
  ones,
  truncatedNormal,
  uniform,
  uniformFanIn,
  zeros,
} from './layers/initializers.ts';
export { initLayerNorm, type LayerNormParams, layerNorm } from './layers/layer-norm.ts';
export { initLinear, type LinearOptions, type LinearParams, linear as linearLayer } from './layers/linear.ts';
export {
  type MultiSampleCombination,
  type MultiSampleDropoutOptions,
  multiSampleDropout,
  multiSampleLoss,
} from './layers/multi-sample-dropout.ts';
export { averagePool, globalAveragePool, maxPool, type PoolingOptions } from './layers/pooling.ts';
export { initRmsNorm, type RmsNormParams, rmsNorm } from './layers/rms-norm.ts';
export { type DcoOptions, dcoLoss, dcoWeight } from './losses/dco.ts';
export { type FocalOptions, focalLoss } from './losses/focal.ts';
export { type InfoNceOptions, infoNceLoss } from './losses/info-nce.ts';
export { type LiveAnswersOptions, liveAnswers } from './losses/live-answers.ts';
export { logSphericalSoftmax } from './losses/log-spherical-softmax.ts';
export { logTaylorSoftmax } from './losses/log-taylor-softmax.ts';
export { sequenceLogProb } from './losses/sequence-log-prob.ts';
export { smoothLabels } from './losses/smooth-labels.ts';
export { softmaxCrossEntropy, softmaxCrossEntropyWithIntegerLabels } from './losses/softmax-cross-entropy.ts';
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
export { accuracy, balancedAccuracy } from './metrics/accuracy.ts';
export { auprc } from './metrics/auprc.ts';
export { auroc } from './metrics/auroc.ts';
export { brier } from './metrics/brier.ts';
export { type CalibrationBin, calibrationBins, ece } from './metrics/calibration.ts';
export { debiasedCka, kernelCka, linearCka, minibatchCka, rbfCka } from './metrics/cka.ts';
export { type Concordance, harrellC } from './metrics/concordance.ts';
export { type ConfusionMatrix, confusionMatrix } from './metrics/confusion-matrix.ts';
export type { Features } from './metrics/features.ts';
export type { Kernel } from './metrics/gram.ts';
export { bitsPerCharacter, perplexity, tokenNll } from './metrics/language-modelling.ts';
export { type KnnOptions, knnAccuracy, neighbourAgreement } from './metrics/nearest-neighbour.ts';
export { passAtKEstimator, passAtN } from './metrics/pass-at-n.ts';
export {
  type Averaging,
  f1,
  type PerClass,
  perClass,
  precision,
  recall,
} from './metrics/precision-recall-f1.ts';
export { ranksOfLabels, topKError } from './metrics/top-k-error.ts';
export { type CnnInit, type CnnParams, type CnnShape, cnn, initCnn } from './models/cnn.ts';
export {
  type DecoderBlockParams,
  type DecoderInit,
  type DecoderOptions,
  type DecoderParams,
  decoder,
  decoderBlock,
  initDecoder,
} from './models/decoder.ts';
export { initMlp, type MlpInit, type MlpOptions, type MlpParams, mlp } from './models/mlp.ts';
export { type AdamOptions, adam } from './optimizers/adam.ts';
export { type AdamWOptions, type AdamWState, adamW } from './optimizers/adamw.ts';
export { clipByGlobalNorm, globalNorm } from './optimizers/clip-by-global-norm.ts';
export { clipByValue, freeze, scale, signDescent } from './optimizers/elementwise.ts';
export { leafNames, type NamedLeaves, namedLeaves, unnamedLeaves } from './optimizers/named-leaves.ts';
export { masked, type PartitionState, partition } from './optimizers/partition.ts';
export { type MomentumOptions, type MomentumState, momentum, sgd } from './optimizers/sgd.ts';
export {
  type ArrayTree,
  applyUpdates,
  chain,
  mapTree,
  type Transformation,
} from './optimizers/transformation.ts';
export { pcg32, type Random } from './random/pcg32.ts';
export { permutation } from './random/permutation.ts';
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
  effectiveParameters,
  fitLossPowerLaw,
  type LossPowerLaw,
  lossOfSize,
  repetitionBand,
} from './scaling/model-size-law.ts';
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
export { loadParams, saveParams } from './serialization/params-file.ts';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './serialization/safetensors.ts';
export { SafetensorsError, type SafetensorsErrorCode } from './serialization/safetensors-error.ts';
export type { ArrayOfDtype, Dtype, Tensor } from './serialization/tensor.ts';
export { incompleteBeta, logGamma } from './statistics/beta.ts';
export { binomialCdf, binomialPmf, binomialQuantile, logChoose } from './statistics/binomial.ts';
export { clusterBootstrap } from './statistics/cluster-bootstrap.ts';
export { holm } from './statistics/holm.ts';
export { type KendallTau, kendallTau } from './statistics/kendall.ts';
export {
  type KolmogorovSmirnov,
  kolmogorovSmirnov,
  kolmogorovTail,
} from './statistics/kolmogorov-smirnov.ts';
export { type Line, linearRegression } from './statistics/linear-regression.ts';
export { type MaxOfKNull, maxOfKNull } from './statistics/max-of-k-null.ts';
export { mcnemarExact } from './statistics/mcnemar.ts';
export { mean, sampleVariance } from './statistics/mean.ts';
export { normalCdf, normalQuantile } from './statistics/normal.ts';
export { type BootstrapOptions, type Interval, pairedBootstrap } from './statistics/paired-bootstrap.ts';
export { pairedRandomizationTest, type RandomizationOptions } from './statistics/paired-randomization.ts';
export { type PowerOptions, simulatePower } from './statistics/power.ts';
export { quantileOfSorted } from './statistics/quantile.ts';
export { midRanks } from './statistics/ranks.ts';
export { type SignFlipOptions, type SignFlipResult, signFlipTest } from './statistics/sign-flip.ts';
export { type Correlation, type SpearmanOptions, spearman } from './statistics/spearman.ts';
export {
  studentTCdf,
  studentTQuantile,
  tInterval,
} from './statistics/student-t.ts';
export { type TostOptions, type TostResult, tost } from './statistics/tost.ts';
export { wilson } from './statistics/wilson.ts';
export { jitStep, type Step, type Stepped, type TrainState, trainState } from './training/jit-step.ts';
export { contrastiveUnlearningLoss } from './unlearning/contrastive-unlearning.ts';
export { gradientAscentLoss } from './unlearning/gradient-ascent.ts';
export { pseudoLabels, randomLabels } from './unlearning/labels.ts';
export { maskHead } from './unlearning/mask-head.ts';
export { salUnMask } from './unlearning/sal-un-mask.ts';
export {
  type UnlearningMeasures,
  type UnlearningReport,
  unlearningReport,
} from './unlearning/unlearning-report.ts';

// The public face of the lab: other rooms import from here and from nowhere else in this room.
export { type FeedbackExample, type TrainLolOptions, trainLol } from './feedback/train-lol.ts';
export { LabError, type LabErrorCode } from './lab-error.ts';
export { readDataSet } from './packages/read-data-set.ts';
export { readExperimentNotes } from './report/experiment-notes.ts';
export { type MetricLine, metricLines } from './report/metric-table.ts';
export { plotFigure, plotSvg } from './report/plot-svg.ts';
export { readableInterval, readableNumber, readableSeconds } from './report/readable.ts';
export {
  findingsTable,
  markdownTable,
  metricTable,
  renderReport,
  type WordTable,
} from './report/render-report.ts';
export { readResult, resultFile, type WrittenRun, writeRun } from './report/result-files.ts';
export { parseResult, renderResult, resultsOf, type StoredResult } from './report/stored-result.ts';
export { type BuiltCode, builtCode, bundlesFolder } from './runner/built-code.ts';
export type { Estimate } from './runner/estimate.ts';
export type { RunEvent } from './runner/run-events.ts';
export { type FinishedRun, type RunOptions, runExperiment, runFolder } from './runner/run-experiment.ts';
export { type RanTried, type RunTriedOptions, runTried } from './runner/run-tried.ts';
export {
  type AdoptionEvidence,
  type AdoptionVerdict,
  adoptionRule,
  decideAdoption,
  type JudgedPair,
} from './static-encoder/adoption.ts';
export { encodingSpeed } from './static-encoder/encoding-speed.ts';
export { type JudgeOptions, judgeStudent, type StudentReport } from './static-encoder/judge-student.ts';
export { aloneSystem, fusedSystem, wordSystem } from './static-encoder/ranking-systems.ts';
export { renderStudentReport } from './static-encoder/render-report.ts';
export { storedTeacher } from './static-encoder/stored-teacher.ts';
export { type SyntheticQuery, syntheticQueries } from './static-encoder/synthetic-queries.ts';
export { indexOfRows } from './static-encoder/teacher-lists.ts';
export {
  type TrainAndJudgeOptions,
  type TrainedStudent,
  trainAndJudge,
} from './static-encoder/train-and-judge.ts';
export {
  type TrainingArm,
  type TrainingStep,
  type TrainingSummary,
  type TrainStaticEncoderOptions,
  trainStaticEncoder,
} from './static-encoder/train-static-encoder.ts';
export type { TrainingPaper } from './static-encoder/training-paper.ts';
export { keywordsBy, WordScores } from './static-encoder/word-scores.ts';

// The whole errand of a new student: hold titles out, train on the rest, judge, and say whether to adopt it.
import {
  type Collection,
  type CollectionSource,
  type Encoder,
  type EvaluationStep,
  encodedText,
  type StaticEncoder,
} from '@offprint/search';
import { adoptionRule } from './adoption.ts';
import { judgeStudent, type StudentReport } from './judge-student.ts';
import { holdOutTitles } from './title-collection.ts';
import {
  type TrainingSummary,
  type TrainStaticEncoderOptions,
  trainStaticEncoder,
} from './train-static-encoder.ts';
import { collectPapers } from './training-material.ts';

export interface TrainAndJudgeOptions extends TrainStaticEncoderOptions {
  /** Judged collections beside the held-out titles; never trained on. */
  readonly judged?: readonly (Collection | CollectionSource)[];
  /** The teacher as it computes, where `teacher` is a `storedTeacher`: its speed is measured. */
  readonly computing?: Encoder;
  /** Whether the teacher has encoded the whole catalogue already; true when left out. */
  readonly teacherIsComplete?: boolean;
  readonly onEvaluation?: (step: EvaluationStep) => void;
}

export interface TrainedStudent {
  readonly encoder: StaticEncoder;
  readonly summary: TrainingSummary;
  readonly report: StudentReport;
  /** The rule in words that `report.verdict` follows. */
  readonly rule: string;
}

/** Texts that speed is measured with. */
const timedTexts = 256;

/**
 * Trains a student of its teacher and judges whether it should take the teacher's place.
 *
 * @throws SearchError `bad-input` for too few papers; what the teacher throws; the signal's reason when aborted.
 */
export async function trainAndJudge(options: TrainAndJudgeOptions): Promise<TrainedStudent> {
  const { teacher, seed = 1, cacheFolder, signal } = options;
  const { training, collection } = holdOutTitles(await collectPapers(options.papers, signal), seed);
  const { encoder, summary } = await trainStaticEncoder({ ...options, papers: training });
  const report = await judgeStudent({
    student: encoder,
    replaced: teacher,
    ...(options.computing === undefined ? {} : { replacedComputing: options.computing }),
    replacedIsComplete: options.teacherIsComplete ?? true,
    collections: [collection, ...(options.judged ?? [])],
    speedTexts: training.slice(0, timedTexts).map(encodedText),
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
    ...(options.onEvaluation === undefined ? {} : { onProgress: options.onEvaluation }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { encoder, summary, report, rule: adoptionRule };
}

// A finished student beside the encoder it would replace: quality on collections, speed, and the verdict.
import {
  type Collection,
  type CollectionSource,
  type Encoder,
  type Evaluation,
  type EvaluationStep,
  evaluate,
} from '@offprint/search';
import { type AdoptionVerdict, decideAdoption, type JudgedPair } from './adoption.ts';
import { encodingSpeed } from './encoding-speed.ts';
import { aloneSystem, fusedSystem, wordSystem } from './ranking-systems.ts';

export interface JudgeOptions {
  readonly student: Encoder;
  readonly replaced: Encoder;
  /** The replaced encoder as it computes, where `replaced` looks vectors up: its speed is measured. */
  readonly replacedComputing?: Encoder;
  /** Whether the replaced encoder has encoded the whole catalogue; true when left out. */
  readonly replacedIsComplete?: boolean;
  readonly collections: readonly (Collection | CollectionSource)[];
  /** Texts to measure the speed with: papers, not questions. */
  readonly speedTexts: readonly string[];
  readonly cacheFolder?: string;
  readonly onProgress?: (step: EvaluationStep) => void;
  readonly signal?: AbortSignal;
}

export interface StudentReport {
  readonly evaluation: Evaluation;
  /** Papers a second, both on this machine in this run. */
  readonly speed: { readonly student: number; readonly replaced: number };
  readonly verdict: AdoptionVerdict;
}

/**
 * Measures BM25, either encoder alone and fused on every collection, with what is replaced, fused, as the baseline of
 * all intervals; then both speeds; then applies the rule of `adoption.ts`.
 *
 * @throws RangeError when no collection could be evaluated; the signal's reason when aborted.
 */
export async function judgeStudent(options: JudgeOptions): Promise<StudentReport> {
  const { student, replaced, cacheFolder, signal } = options;
  const fused = { student: fusedSystem(student, undefined), replaced: fusedSystem(replaced, cacheFolder) };
  const evaluation = await evaluate(
    options.collections,
    [
      wordSystem(),
      aloneSystem(replaced, cacheFolder),
      fused.replaced,
      aloneSystem(student, undefined),
      fused.student,
    ],
    {
      baseline: fused.replaced.name,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(signal === undefined ? {} : { signal }),
    },
  );
  const pairs = evaluation.collections.map((collection): JudgedPair => {
    const perQuery = (system: string): number[] =>
      collection.systems
        .find(({ name }) => name === system)
        ?.queries.map(({ metrics }) => metrics['nDCG@10']) ?? [];
    return {
      collection: collection.name,
      student: perQuery(fused.student.name),
      replaced: perQuery(fused.replaced.name),
    };
  });
  const speed = {
    student: await encodingSpeed(student, options.speedTexts, 1000, signal),
    replaced: await encodingSpeed(options.replacedComputing ?? replaced, options.speedTexts, 3000, signal),
  };
  const verdict = decideAdoption({
    pairs,
    speedRatio: speed.student / speed.replaced,
    replacedIsComplete: options.replacedIsComplete ?? true,
  });
  return { evaluation, speed, verdict };
}

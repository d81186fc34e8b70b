// Training a student encoder on a catalogue, from papers and a teacher to an encoder and what was learnt on the way.
import {
  cachedVectors,
  type Encoder,
  encodedText,
  mlAnalyser,
  readMiniLmVocabulary,
  type StaticEncoder,
  type WordPieceVocabulary,
} from '@offprint/search';
import { bagsOf, rowFrequencies } from './bags.ts';
import type { LossWeights } from './distillation-loss.ts';
import { fineTune } from './fine-tune.ts';
import { fitToTeacher } from './fit-to-teacher.ts';
import { initialTable } from './initial-table.ts';
import { frequentWords, studentVocabulary } from './student-vocabulary.ts';
import { developmentSources, firstSentence, syntheticQueries } from './synthetic-queries.ts';
import { indexOfRows, teacherLists } from './teacher-lists.ts';
import { agreement, askedAbout, collectPapers, encoderOf, joined, reducer } from './training-material.ts';
import type { TrainingPaper } from './training-paper.ts';
import { keywordsBy, WordScores } from './word-scores.ts';

/** What is being done, for a progress bar. */
export interface TrainingStep {
  readonly stage: 'vocabulary' | 'papers' | 'questions' | 'tokens' | 'regression' | 'lists' | 'training';
  readonly done: number;
  readonly total: number;
  /** Of the last batch, while training. */
  readonly loss?: number;
}

/** Parts of the training that can be left out, to see what each is good for. */
export interface TrainingArm {
  /** Token vectors by regression onto the teacher's vectors of whole texts; true when left out. */
  readonly regression?: boolean;
  /** Training on lists; left out, none. The paper's is `{ listwise: 1, contrast: 0.1 }`. */
  readonly lists?: LossWeights;
}

export interface TrainStaticEncoderOptions {
  readonly papers: Iterable<TrainingPaper> | AsyncIterable<TrainingPaper>;
  readonly teacher: Encoder;
  readonly seed?: number;
  /** Numbers in a vector; 256 when left out, and never more than the teacher's. */
  readonly dimensions?: number;
  readonly arm?: TrainingArm;
  /** Steps of training on lists; 300 when left out. */
  readonly steps?: number;
  /** The highest learning rate of these; 3e-4 when left out. */
  readonly peak?: number;
  /** At most so many papers are asked about when lists are made; 2,000 when left out. */
  readonly askedPapers?: number;
  /** The pieces that the student shares with its teacher; MiniLM's when left out. */
  readonly pieces?: WordPieceVocabulary;
  /** Where the teacher's vectors are kept, so that a training stopped goes on; nowhere when left out. */
  readonly cacheFolder?: string;
  readonly onProgress?: (step: TrainingStep) => void;
  readonly signal?: AbortSignal;
}

export interface TrainingSummary {
  readonly papers: number;
  readonly rows: number;
  readonly dimensions: number;
  /** Mean cosine between student and teacher over the papers, before and after the regression. */
  readonly agreementAtStart: number;
  readonly agreement: number;
  /** Lists trained on and held out; none without training on lists. */
  readonly lists: { readonly training: number; readonly development: number } | null;
  readonly developmentKl: {
    readonly before: number;
    readonly after: number;
    readonly bestStep: number;
  } | null;
}

/**
 * Trains a static encoder: tokens where the teacher puts them alone, then by ridge regression such that their sums
 * are where it puts papers, titles and first sentences, then on lists ranked by words and meaning together.
 * The same papers, seed and options give the same bytes.
 *
 * @throws SearchError `bad-input` for too few papers; what the teacher throws; the signal's reason when aborted.
 */
export async function trainStaticEncoder(
  options: TrainStaticEncoderOptions,
): Promise<{ readonly encoder: StaticEncoder; readonly summary: TrainingSummary }> {
  const { seed = 1, signal, arm = {} } = options;
  const papers = await collectPapers(options.papers, signal);
  const say = (stage: TrainingStep['stage']) => (done: number, total: number, loss?: number) => {
    signal?.throwIfAborted();
    options.onProgress?.({ stage, done, total, ...(loss === undefined ? {} : { loss }) });
  };
  const taught = (texts: readonly string[], stage: TrainingStep['stage']): Promise<Float32Array> =>
    cachedVectors(options.teacher, texts, options.cacheFolder, say(stage));

  const texts = papers.map((paper) => encodedText(paper).trim());
  const pieces = options.pieces ?? readMiniLmVocabulary();
  const vocabulary = studentVocabulary(pieces, frequentWords(texts, pieces));
  say('vocabulary')(1, 1);
  const paperVectors = await taught(texts, 'papers');
  const short = papers
    .flatMap(({ title, abstract }) => [title.trim(), firstSentence(abstract)])
    .filter((text) => text.length > 20);
  const shortVectors = await taught(short, 'questions');
  const tokenVectors = await taught(vocabulary.rowTexts(), 'tokens');

  const teacherDimensions = options.teacher.dimensions;
  const dimensions = Math.min(options.dimensions ?? 256, teacherDimensions);
  const reduce = reducer(paperVectors, teacherDimensions, dimensions);
  const paperBags = bagsOf(texts, vocabulary.tokenise);
  const start = initialTable(reduce(tokenVectors), rowFrequencies(paperBags, vocabulary.size), dimensions);
  const targets = joined([reduce(paperVectors), reduce(shortVectors)]);
  let table = start.table;
  if (arm.regression !== false)
    table = fitToTeacher(
      table,
      start.weights,
      { bags: bagsOf([...texts, ...short], vocabulary.tokenise), targets },
      {
        onIteration: say('regression'),
      },
    );
  const measured = {
    papers: papers.length,
    rows: vocabulary.size,
    dimensions,
    agreementAtStart: agreement(start.table, paperBags, targets),
    agreement: agreement(table, paperBags, targets),
  };
  if (arm.lists === undefined)
    return {
      encoder: encoderOf(table, start.weights, vocabulary),
      summary: { ...measured, lists: null, developmentKl: null },
    };

  const words = new WordScores(texts, mlAnalyser);
  const asked = syntheticQueries(papers, keywordsBy(words, texts, mlAnalyser), seed).filter(
    askedAbout(papers.length, options.askedPapers ?? 2000, seed),
  );
  const queryVectors = await taught(
    asked.map(({ text }) => text),
    'questions',
  );
  const teacher = { words, vectors: indexOfRows(paperVectors, teacherDimensions) };
  const lists = teacherLists(teacher, asked, queryVectors, (done) => say('lists')(done, asked.length));
  const held = developmentSources(papers.length, seed);
  const data = {
    papers: paperBags,
    queries: bagsOf(
      asked.map(({ text }) => text),
      vocabulary.tokenise,
    ),
    training: lists.filter(({ query }) => !held.has(query.source)),
    development: lists.filter(({ query }) => held.has(query.source)),
  };
  const tuned = await fineTune(table, start.weights, data, {
    seed,
    steps: options.steps ?? 300,
    loss: arm.lists,
    ...(options.peak === undefined ? {} : { peak: options.peak }),
    onStep: say('training'),
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    encoder: encoderOf(tuned.table, start.weights, vocabulary),
    summary: {
      ...measured,
      lists: { training: data.training.length, development: data.development.length },
      developmentKl: {
        before: tuned.developmentBefore,
        after: tuned.developmentAfter,
        bestStep: tuned.bestStep,
      },
    },
  };
}

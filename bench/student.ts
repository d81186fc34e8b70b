// Students beside their teacher on the seven judged collections: what each part of their training is good for.
import { join } from 'node:path';
import {
  aloneSystem,
  encodingSpeed,
  fusedSystem,
  type TrainingArm,
  type TrainingPaper,
  trainStaticEncoder,
  wordSystem,
} from '@offprint/lab';
import { mean } from '@offprint/methods';
import {
  type Collection,
  type Encoder,
  type Evaluation,
  encodedText,
  evaluate,
  openMiniLm,
  readCollection,
  type System,
} from '@offprint/search';
import { sharedData } from './offprint-process.ts';

const names = ['scifact', 'cranfield', 'cacm', 'medline', 'cisi', 'lisa', 'npl'];
const cacheFolder = join(import.meta.dirname, '..', '.cache', 'bench-vectors');

/** What is compared: each on a collection's own papers. */
const arms: Readonly<Record<string, TrainingArm>> = {
  start: { regression: false },
  regression: {},
  listwise: { lists: { listwise: 1, contrast: 0 } },
  contrast: { lists: { listwise: 0, contrast: 1 } },
  both: { lists: { listwise: 1, contrast: 0.1 } },
};

/** Trains, evaluates and prints; STUDENT_ARMS=regression,both trains these alone. */
export async function benchStudent(): Promise<void> {
  const chosen = (process.env.STUDENT_ARMS ?? Object.keys(arms).join(',')).split(',');
  const teacher = await openMiniLm();
  const collections = await Promise.all(
    names.map((name) => readCollection(join(sharedData, 'retrieval', name))),
  );
  const evaluations: Evaluation[] = [];
  let student: Encoder | undefined;
  for (const collection of collections) {
    const systems: System[] = [
      wordSystem(),
      aloneSystem(teacher, cacheFolder),
      fusedSystem(teacher, cacheFolder),
    ];
    for (const [name, arm] of Object.entries(arms)) {
      if (!chosen.includes(name)) continue;
      const { encoder } = await trainStaticEncoder({
        papers: papersOf(collection),
        teacher,
        arm,
        cacheFolder,
      });
      student = { ...encoder, name };
      systems.push(aloneSystem(student, undefined), fusedSystem(student, undefined));
    }
    const evaluation = await evaluate([collection], systems, { baseline: 'minilm+bm25' });
    evaluations.push(evaluation);
    print(evaluation);
  }
  printMeans(evaluations);
  const texts =
    collections[0]?.documents
      .slice(0, 256)
      .map(({ title, text }) => encodedText({ title, abstract: text })) ?? [];
  const slow = await encodingSpeed(teacher, texts, 4000);
  const fast = student === undefined ? 0 : await encodingSpeed(student, texts, 2000);
  process.stdout.write(
    `papers a second: minilm ${slow.toFixed(0)}, student ${fast.toFixed(0)}: ${(fast / slow).toFixed(0)} times\n`,
  );
  await teacher.close();
}

function papersOf({ documents }: Collection): TrainingPaper[] {
  return documents.map(({ id, title, text }) => ({ id, title, abstract: text }));
}

/** One line a system: nDCG@10, and how far from the fused teacher. */
function print({ collections }: Evaluation): void {
  for (const { name, documents, queries, systems } of collections) {
    process.stdout.write(`\n${name}: ${documents} papers, ${queries} questions\n`);
    for (const { name: system, means, versusBaseline } of systems) {
      const versus = versusBaseline?.['nDCG@10'];
      const interval = versus === undefined ? '' : `  [${versus.low.toFixed(3)}, ${versus.high.toFixed(3)}]`;
      process.stdout.write(`  ${system.padEnd(18)} ${means['nDCG@10'].toFixed(4)}${interval}\n`);
    }
  }
}

/** Means over collections, and each system's share of the fused teacher's. */
function printMeans(evaluations: readonly Evaluation[]): void {
  const all = evaluations.flatMap(({ collections }) => collections);
  const meanOf = (name: string): number =>
    mean(all.map(({ systems }) => systems.find((system) => system.name === name)?.means['nDCG@10'] ?? 0));
  const teacher = meanOf('minilm+bm25');
  process.stdout.write('\nmean over collections, and as a share of minilm+bm25\n');
  for (const { name } of all[0]?.systems ?? [])
    process.stdout.write(
      `  ${name.padEnd(18)} ${meanOf(name).toFixed(4)}  ${(meanOf(name) / teacher).toFixed(3)}\n`,
    );
}

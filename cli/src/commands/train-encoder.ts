// `train-encoder`: a small encoder trained on this catalogue, and adopted only where it earns its place.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  claimName,
  countPapers,
  type Database,
  listPapers,
  OffprintError,
  type PaperCursor,
} from '@offprint/catalogue';
import { firstIndexFolder, searchDocumentOf } from '@offprint/discovery';
import { renderStudentReport, storedTeacher, type TrainingPaper, trainAndJudge } from '@offprint/lab';
import {
  type Encoder,
  type FileVectorStore,
  openMiniLm,
  openVectorStore,
  readCollection,
  saveStaticEncoder,
} from '@offprint/search';
import { type Command, InvalidArgumentError } from 'commander';
import { adoptedFile, encodersFolder } from '../encoder-choice.ts';
import { startProgress } from '../progress.ts';
import { withCatalogue } from '../run-command.ts';

interface TrainFlags {
  readonly papers: number;
  readonly dims: number;
  readonly seed: number;
  readonly judged: readonly string[];
  readonly json?: boolean;
}

const pageSize = 500;

export function trainEncoderCommand(program: Command): void {
  program
    .command('train-encoder')
    .option('--papers <count>', 'train on at most so many papers, the newest', parseWhole, 20_000)
    .option('--dims <count>', 'numbers in a vector', parseWhole, 256)
    .option('--seed <number>', 'of everything random', parseWhole, 1)
    .option('--judged <folders...>', 'judged collections to be measured on beside the held-out titles', [])
    .option('--json', 'the report as JSON')
    .description('train a fast encoder on this catalogue; it is adopted if it beats what it replaces')
    .action((flags: TrainFlags) =>
      withCatalogue(async ({ db, connection, settings, signal }) => {
        await checkJudged(flags.judged);
        const folder = encodersFolder(settings);
        // Two trainings would add to one file of the teacher's vectors.
        const claim = await claimName(connection, `train-encoder ${folder}`);
        if (claim === undefined)
          throw new OffprintError('conflict', 'Another training is under way here: wait until it is done.');
        await mkdir(folder, { recursive: true });
        const computing = await openMiniLm();
        const own = await openVectorStore(join(folder, 'teacher'), computing);
        const indexed = await openIndexed(settings.dataFolder, computing);
        const progress = startProgress('Training');
        try {
          const known = indexed === undefined ? computing : storedTeacher(computing, readOnly(indexed));
          const { encoder, summary, report, rule } = await trainAndJudge({
            papers: papersOf(db, flags.papers, signal),
            teacher: storedTeacher(known, own),
            computing,
            teacherIsComplete: (indexed?.size ?? 0) >= (await countPapers(db)),
            judged: flags.judged.map((path) => ({
              name: basename(resolve(path)),
              read: () => readCollection(path),
            })),
            dimensions: flags.dims,
            seed: flags.seed,
            signal,
            onProgress: ({ stage, done, total, loss }) =>
              progress.update(
                done,
                total,
                `${stage}${loss === undefined ? '' : `, loss ${loss.toFixed(3)}`}`,
              ),
            onEvaluation: ({ collection, system, done, total }) =>
              progress.update(done, total, `measuring ${system} on ${collection}`),
          });
          progress.stop();
          if (report.verdict.adopt) {
            const file = `student-${encoder.fingerprint}.encoder`;
            await saveStaticEncoder(encoder, join(folder, file));
            await writeWhole(adoptedFile(settings), `${JSON.stringify({ file })}\n`);
          }
          process.stdout.write(
            flags.json === true
              ? `${JSON.stringify({ rule, summary, report }, null, 2)}\n`
              : `${renderStudentReport({ summary, report, rule })}\n`,
          );
        } finally {
          progress.stop();
          await own.close();
          await indexed?.close();
          await computing.close();
          await claim.release();
        }
      }),
    );
}

/**
 * What is wrong with a collection is told before the minutes of training, not after them.
 *
 * @throws SearchError that says what is wrong with which file; OffprintError `bad-input` for two of one name.
 */
async function checkJudged(folders: readonly string[]): Promise<void> {
  const names = folders.map((path) => basename(resolve(path)));
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined)
    throw new OffprintError('bad-input', `Two judged collections are named ${twice.slice(0, 60)}.`, {
      field: 'judged',
    });
  for (const path of folders) await readCollection(path);
}

/** The vectors that the index has made already; undefined where there are none. */
async function openIndexed(dataFolder: string, encoder: Encoder): Promise<FileVectorStore | undefined> {
  const folder = join(firstIndexFolder(dataFolder), 'vectors');
  return openVectorStore(folder, encoder, undefined, { readOnly: true }).catch(() => undefined);
}

/** The index's own process adds to its store; whoever else reads it must not. */
function readOnly(store: FileVectorStore): FileVectorStore {
  return {
    dimensions: store.dimensions,
    size: store.size,
    dropped: store.dropped,
    positionOf: (key) => store.positionOf(key),
    read: (position) => store.read(position),
    add: async (entries) => new Int32Array(entries.length).fill(-1),
    flush: async () => undefined,
    close: () => store.close(),
  };
}

/** The newest papers that say what they are about. */
async function* papersOf(
  db: Database,
  most: number,
  signal: AbortSignal,
): AsyncGenerator<TrainingPaper, void, undefined> {
  let after: PaperCursor | undefined;
  let given = 0;
  while (given < most) {
    signal.throwIfAborted();
    const cards = await listPapers(db, { limit: pageSize, ...(after === undefined ? {} : { after }) });
    for (const card of cards) {
      const { id, title, abstract } = searchDocumentOf(card);
      if (abstract === '' || given === most) continue;
      given += 1;
      yield { id, title, abstract };
    }
    const last = cards.at(-1);
    if (last === undefined || cards.length < pageSize) return;
    after = { publishedAt: last.publishedAt, id: last.id };
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { flush: true });
  await rename(`${file}.new`, file);
}

function parseWhole(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 10_000_000)
    throw new InvalidArgumentError('Write a whole number from 1 on.');
  return count;
}

// Search of a running process: an engine in its own thread, in step with the catalogue, asked through one face.
import type { ChangeCursor, ConnectionSettings, Database } from '@offprint/catalogue';
import { type EncoderSpec, type EngineThread, giveBackMemory, startEngine } from '@offprint/search';
import { z } from 'zod';
import { createSearchService } from './answer.ts';
import { encodeMissing } from './encode-missing.ts';
import { type Follower, followCatalogue } from './follow.ts';
import { claimIndexFolder, firstIndexFolder, type IndexFolder } from './index-folder.ts';
import type { SearchService } from './service.ts';

export interface SearchOptions {
  readonly db: Database;
  readonly connection: ConnectionSettings;
  readonly dataFolder: string;
  /** undefined searches by words alone. */
  readonly encoder: EncoderSpec | undefined;
  /** Calls back after each commit to the catalogue; returns how to stop. */
  readonly onCommit: (listener: () => void) => () => void;
  /** Whether the index is kept on disk and missing vectors are made; a command that asks once does neither. */
  readonly keeps: boolean;
  readonly log: (level: 'info' | 'warn', message: string, fields: Record<string, unknown>) => void;
}

/** Search that runs until it is closed. */
export interface RunningSearch extends SearchService {
  /** Resolves when every paper of the catalogue at the time of the call is found by its words. */
  caughtUp(): Promise<void>;
  /** Answers with another encoder as soon as every paper has a vector of it. */
  changeEncoder(spec: EncoderSpec): Promise<void>;
  close(): Promise<void>;
}

const snapshotEveryMs = 60_000;

const cursorSchema = z.object({ generation: z.string(), xid: z.string(), seq: z.string() });

/**
 * Opens search. It answers at once from what the disk holds, and catches up with the catalogue behind that.
 *
 * @throws OffprintError `conflict` when too many processes share the data folder.
 */
export async function openSearch(options: SearchOptions): Promise<RunningSearch> {
  const { db, log } = options;
  const claimed = options.keeps ? await claimFolder(options) : undefined;
  let engine: EngineThread;
  try {
    engine = await startWithEncoder(
      options.keeps ? claimed?.folder : firstIndexFolder(options.dataFolder),
      claimed !== undefined,
      options,
    );
  } catch (error) {
    await claimed?.claim.release();
    throw error;
  }
  const problem = await engine.problem();
  if (problem !== undefined) log('warn', 'the search index is built anew', { reason: problem });
  void claimed?.claim.lost.then(() => {
    log('warn', 'the claim on the search index was lost: it is kept in memory from now on', {});
    return engine.stopWriting();
  });

  let revision = 0;
  let isCaughtUp = false;
  let unsaved = false;
  const moved = (): void => {
    revision += 1;
    unsaved = true;
  };
  const save = async (): Promise<void> => {
    if (!unsaved) return;
    unsaved = false;
    try {
      await engine.snapshot();
    } catch (error) {
      unsaved = true;
      log('warn', 'the search index could not be saved', { err: error });
    }
  };
  /** After many papers went through this thread; the engine's own does the same when it is saved. */
  const settle = async (): Promise<void> => {
    await save();
    giveBackMemory();
  };
  const encoding = options.keeps
    ? encodeMissing(db, engine, { onEncoded: moved, onComplete: () => void settle(), log })
    : { wake: () => undefined, stop: async () => undefined };
  const parsed = cursorSchema.safeParse(await engine.cursor());
  const cursor: ChangeCursor | undefined = parsed.success ? parsed.data : undefined;
  const follower: Follower = followCatalogue(
    db,
    { cursor, apply: (changes) => engine.apply(changes), clear: () => engine.clear() },
    {
      onCommit: options.onCommit,
      onBatch: ({ papers, behind }) => {
        if (papers > 0) moved();
        if (!behind && !isCaughtUp) {
          isCaughtUp = true;
          void settle();
        }
        encoding.wake();
      },
      onError: (error) => log('warn', 'the search index could not follow the catalogue', { err: error }),
    },
  );

  const saving = setInterval(() => void save(), snapshotEveryMs);
  saving.unref();

  return {
    ...createSearchService(db, engine, { isCaughtUp: () => isCaughtUp, revision: () => String(revision) }),
    caughtUp: () => follower.caughtUp(),
    changeEncoder: async (spec) => {
      await engine.changeEncoder(spec);
      encoding.wake();
    },
    close: async () => {
      clearInterval(saving);
      await follower.stop();
      await encoding.stop();
      await engine.close();
      await claimed?.claim.release();
    },
  };
}

/** An encoder that cannot be opened must not keep papers from being found: MiniLM takes its place, then words alone. */
async function startWithEncoder(
  folder: string | undefined,
  writes: boolean,
  { encoder, log }: Pick<SearchOptions, 'encoder' | 'log'>,
): Promise<EngineThread> {
  const choices = [encoder, encoder?.encoder === 'static' ? ({ encoder: 'minilm' } as const) : undefined];
  for (const choice of choices) {
    if (choice === undefined) continue;
    try {
      return await startEngine({ folder, writes, encoder: choice });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log('warn', 'an encoder cannot be used', { encoder: choice.encoder, reason });
    }
  }
  return startEngine({ folder, writes, encoder: undefined });
}

/** A data folder that cannot be written to costs a restart its head start, and readers nothing. */
async function claimFolder({ connection, dataFolder, log }: SearchOptions): Promise<IndexFolder | undefined> {
  try {
    return await claimIndexFolder(connection, dataFolder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error;
    log('warn', 'the search index is kept in memory alone, for the data folder cannot be written to', {
      dataFolder,
    });
    return undefined;
  }
}

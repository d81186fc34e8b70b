// Words and meaning behind one face: the index, the vectors, what keeps them on disk, and one way to ask both.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { mlAnalyser } from '../analysis/ml-analyser.ts';
import type { Encoder } from '../encoders/encoder.ts';
import type { EncoderSpec } from '../encoders/encoding-protocol.ts';
import { openEncoder } from '../encoders/open-encoder.ts';
import { SearchError } from '../errors.ts';
import { standardScoring } from '../index/scoring.ts';
import { type Merging, SearchIndex } from '../index/search-index.ts';
import type { EngineStatus } from './answer.ts';
import { answerQuery, type Searched } from './answer-query.ts';
import { type BulkEncoder, threadedBulkEncoder } from './bulk-encoder.ts';
import type { EngineCalls, EngineChanges } from './engine-calls.ts';
import { MeaningSpace, type Unencoded } from './meaning-space.ts';
import { type RankingSettings, standardRanking } from './settings.ts';
import { findSimilar } from './similar.ts';

export interface EngineOptions {
  /** Where the index is kept; undefined keeps it in memory. */
  readonly folder: string | undefined;
  /** Whether this engine may write to the folder; a reader begins from what another process saved there. */
  readonly writes: boolean;
  /** What papers and queries are encoded with; undefined searches by words alone. */
  readonly encoder: EncoderSpec | { readonly queries: Encoder; readonly bulk: BulkEncoder } | undefined;
  readonly ranking?: RankingSettings;
  readonly merging?: Merging;
}

export interface OpenedEngine {
  readonly engine: EngineCalls;
  /** Why what was on disk could not be used, in one sentence; undefined when it could, or nothing was there. */
  readonly problem: string | undefined;
}

// With an index is saved which life it has: ordinals of another life mean other papers.
const savedSchema = z.object({ life: z.string(), cursor: z.json() });

/**
 * Opens an engine with what its folder holds. What is damaged or of another version is left behind: the
 * engine is empty then, and is to be filled from the beginning.
 *
 * @throws SearchError when the encoder cannot be opened.
 */
export async function openEngine(options: EngineOptions): Promise<OpenedEngine> {
  const { folder } = options;
  const words = folder === undefined ? undefined : join(folder, 'words');
  const merging: Merging = options.merging ?? 'in-background';
  let index: SearchIndex | undefined;
  let saved: z.infer<typeof savedSchema> | undefined;
  let problem: string | undefined;
  if (words !== undefined)
    try {
      const loaded = await SearchIndex.load(words, { analyser: mlAnalyser, merging });
      if (!isDeepStrictEqual(loaded.index.scoring, standardScoring))
        throw new SearchError('foreign-file', 'The saved index ranks by the constants of another version.');
      saved = savedSchema.parse(loaded.cursor);
      index = loaded.index;
    } catch (error) {
      problem = whyUnusable(error, words);
    }
  const engine = new SearchEngine(
    index ?? SearchIndex.create({ analyser: mlAnalyser, merging }),
    index === undefined || saved === undefined ? { life: randomUUID(), cursor: undefined } : saved,
    options,
    merging,
  );
  if (options.encoder !== undefined) await engine.useEncoder(options.encoder);
  return { engine, problem };
}

/** An engine; see `EngineCalls` for what its methods promise. */
class SearchEngine implements EngineCalls {
  readonly #folder: string | undefined;
  readonly #ranking: RankingSettings;
  readonly #merging: Merging;
  #index: SearchIndex;
  #life: string;
  #cursor: unknown;
  #writes: boolean;
  #changed = false;
  #meaning: MeaningSpace | undefined;
  /** Takes over when no paper lacks a vector of it. */
  #next: MeaningSpace | undefined;
  /** Settles when the last change or snapshot asked for is done. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    index: SearchIndex,
    saved: { readonly life: string; readonly cursor: unknown },
    { folder, writes, ranking }: EngineOptions,
    merging: Merging,
  ) {
    this.#index = index;
    this.#life = saved.life;
    this.#cursor = saved.cursor;
    this.#folder = folder;
    this.#writes = writes && folder !== undefined;
    this.#ranking = ranking ?? standardRanking;
    this.#merging = merging;
  }

  /** Opens the encoder that answers from now on. */
  async useEncoder(encoder: NonNullable<EngineOptions['encoder']>): Promise<void> {
    this.#meaning = await this.#openSpace(encoder);
  }

  async cursor(): Promise<unknown> {
    return this.#cursor;
  }

  apply(changes: EngineChanges): Promise<void> {
    return this.#inTurn(async () => this.#apply(changes));
  }

  #apply({ put, remove, cursor }: EngineChanges): void {
    const index = this.#index;
    const before = put.map(({ id }) => {
      const ordinal = index.ordinalOf(id);
      return ordinal !== undefined && index.has(ordinal) ? index.contentHashOf(ordinal) : undefined;
    });
    const removed = remove.flatMap((id) => index.ordinalOf(id) ?? []);
    index.put(put);
    index.remove(remove);
    for (const space of this.#spaces()) {
      for (const [i, { id }] of put.entries()) {
        const ordinal = index.ordinalOf(id);
        if (ordinal !== undefined && before[i] !== index.contentHashOf(ordinal)) space.invalidate(ordinal);
      }
      for (const ordinal of removed) space.remove(ordinal);
    }
    this.#cursor = cursor;
    this.#changed = true;
  }

  clear(): Promise<void> {
    return this.#inTurn(() => this.#clear());
  }

  async #clear(): Promise<void> {
    await this.#index.close();
    this.#index = SearchIndex.create({ analyser: mlAnalyser, merging: this.#merging });
    this.#life = randomUUID();
    this.#cursor = undefined;
    this.#changed = true;
    for (const space of this.#spaces()) space.clear(this.#life);
  }

  async search(request: Parameters<EngineCalls['search']>[0]): ReturnType<EngineCalls['search']> {
    return answerQuery(() => this.#searched(), request);
  }

  async similar(request: Parameters<EngineCalls['similar']>[0]): ReturnType<EngineCalls['similar']> {
    return findSimilar(this.#searched(), request);
  }

  async complete(text: string, limit: number): ReturnType<EngineCalls['complete']> {
    return this.#index.complete(text, limit);
  }

  async missing(limit: number): Promise<readonly string[]> {
    const space = this.#spaces().find(({ missingCount }) => missingCount > 0);
    return space?.missing(limit).map((ordinal) => this.#index.idOf(ordinal)) ?? [];
  }

  async encode(papers: Parameters<EngineCalls['encode']>[0]): Promise<number> {
    const wanted = papers.flatMap(({ id, title, abstract }): Unencoded[] => {
      const ordinal = this.#index.ordinalOf(id);
      return ordinal === undefined ? [] : [{ id, title, abstract, ordinal }];
    });
    let made = 0;
    // Another encoder may be put in the place of one while the one before it is filled.
    for (const space of this.#spaces()) if (this.#spaces().includes(space)) made += await space.fill(wanted);
    this.#changed = true;
    await this.#takeOver();
    return made;
  }

  async changeEncoder(spec: EncoderSpec): Promise<void> {
    const next = await this.#openSpace(spec);
    const isOldOne = [this.#meaning, this.#next].some(
      (space) => space?.encoder.fingerprint === next.encoder.fingerprint,
    );
    if (isOldOne) {
      await next.close();
      return;
    }
    const replaced = this.#next;
    this.#next = next;
    await replaced?.close();
    await this.#takeOver();
  }

  async status(): Promise<EngineStatus> {
    const { segments, bytes } = this.#index.statistics();
    const meaning = this.#meaning;
    return {
      papers: this.#index.size,
      encoded: meaning?.encoded ?? 0,
      encoder:
        meaning === undefined
          ? undefined
          : { name: meaning.encoder.name, fingerprint: meaning.encoder.fingerprint },
      next:
        this.#next === undefined ? undefined : { name: this.#next.encoder.name, encoded: this.#next.encoded },
      segments,
      indexBytes: bytes.total,
      vectorBytes: meaning?.sizeBytes ?? 0,
    };
  }

  snapshot(): Promise<void> {
    return this.#inTurn(() => this.#snapshot());
  }

  /**
   * No change may come between its two halves. Places first: were the words newer, a text changed in between would
   * never be asked for again; were the places newer, the change is applied again after the restart.
   */
  async #snapshot(): Promise<void> {
    if (!this.#writes || !this.#changed || this.#folder === undefined) return;
    this.#changed = false;
    try {
      const saved = savedSchema.parse({ life: this.#life, cursor: this.#cursor ?? null });
      for (const space of this.#spaces()) await space.save();
      await this.#index.snapshot(join(this.#folder, 'words'), saved);
    } catch (error) {
      this.#changed = true;
      throw error;
    }
  }

  async stopWriting(): Promise<void> {
    this.#writes = false;
    for (const space of this.#spaces()) space.stopWriting();
  }

  async close(): Promise<void> {
    try {
      await this.snapshot();
    } finally {
      await this.#index.close();
      for (const space of this.#spaces()) await space.close();
    }
  }

  /** Changes and snapshots follow one another; searches do not wait for them. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #spaces(): MeaningSpace[] {
    return [this.#meaning, this.#next].filter((space) => space !== undefined);
  }

  #searched(): Searched {
    return {
      index: this.#index,
      analyser: mlAnalyser,
      meaning: this.#meaning,
      ranking: this.#ranking,
    };
  }

  async #openSpace(encoder: NonNullable<EngineOptions['encoder']>): Promise<MeaningSpace> {
    const isOpen = 'queries' in encoder;
    return MeaningSpace.open(
      isOpen ? encoder.queries : await openEncoder(encoder),
      isOpen ? encoder.bulk : threadedBulkEncoder(encoder),
      {
        folder: this.#folder === undefined ? undefined : join(this.#folder, 'vectors'),
        generation: this.#life,
        writes: this.#writes,
      },
      liveOrdinals(this.#index),
    );
  }

  /** The next encoder answers once it knows every paper that the present one does. */
  async #takeOver(): Promise<void> {
    const next = this.#next;
    if (next === undefined || next.missingCount > 0) return;
    const old = this.#meaning;
    this.#meaning = next;
    this.#next = undefined;
    await old?.close();
  }
}

function* liveOrdinals(index: SearchIndex): Generator<number, void, undefined> {
  for (let ordinal = 0; ordinal < index.ordinalLimit; ordinal += 1) if (index.has(ordinal)) yield ordinal;
}

/** A first start is no problem; anything else is told. */
function whyUnusable(error: unknown, folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  if (error instanceof SearchError) return error.message;
  return 'The saved index is of another version.';
}

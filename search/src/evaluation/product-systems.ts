// The product's own ways of searching as systems of an evaluation: what is measured is what answers readers.
import { mlAnalyser } from '../analysis/ml-analyser.ts';
import type { Encoder } from '../encoders/encoder.ts';
import type { EngineRequest, PaperText, SearchMode } from '../engine/answer.ts';
import { openEngine } from '../engine/engine.ts';
import { poolDepth, type RankingSettings, standardRanking } from '../engine/settings.ts';
import { standardScoring } from '../index/scoring.ts';
import { wordsQuery } from '../query/words-query.ts';
import { cachedVectors } from './cached-vectors.ts';
import { asSearchDocument } from './collection.ts';
import type { System } from './system.ts';

export interface ProductOptions {
  /** Where document vectors are kept between evaluations; nowhere when left out. */
  readonly cacheFolder?: string;
  readonly ranking?: RankingSettings;
}

/**
 * Words alone, an encoder alone, both, and both with feedback; without an encoder what needs none.
 *
 * @param encoder stays open: whoever opened it closes it.
 */
export function productSystems(encoder: Encoder | undefined, options: ProductOptions = {}): System[] {
  const words = productSystem('words', 'words', false, undefined, options);
  const wordsFeedback = productSystem('words+feedback', 'words', true, undefined, options);
  if (encoder === undefined) return [words, wordsFeedback];
  return [
    words,
    wordsFeedback,
    productSystem('meaning', 'meaning', false, encoder, options),
    productSystem('hybrid', 'hybrid', false, encoder, options),
    productSystem('hybrid+feedback', 'hybrid', true, encoder, options),
  ];
}

/** One way of searching; queries are taken as given, not in the query language. */
export function productSystem(
  name: string,
  mode: SearchMode,
  feeds: boolean,
  encoder: Encoder | undefined,
  options: ProductOptions = {},
): System {
  const ranking = options.ranking ?? standardRanking;
  return {
    name,
    version: JSON.stringify({ mode, encoder: encoder?.fingerprint, ranking, scoring: standardScoring }),
    prepare: async ({ documents }, progress) => {
      const { engine } = await openEngine({
        folder: undefined,
        writes: false,
        merging: 'at-once',
        ranking,
        encoder:
          encoder === undefined
            ? undefined
            : { queries: unclosed(encoder), bulk: cachingBulk(encoder, options.cacheFolder) },
      });
      const texts = new Map<string, PaperText>();
      for (let at = 0; at < documents.length; at += batchSize) {
        const batch = documents.slice(at, at + batchSize).map(asSearchDocument);
        await engine.apply({ put: batch, remove: [], cursor: null });
        for (const { id, title, abstract } of batch) texts.set(id, { id, title, abstract });
        if (encoder !== undefined) await engine.encode(batch);
        progress(Math.min(documents.length, at + batchSize), documents.length);
      }
      const request = (text: string, limit: number, feedback: readonly PaperText[]): EngineRequest => ({
        query: wordsQuery(text, mlAnalyser),
        mode,
        sort: 'relevance',
        offset: 0,
        limit,
        facets: false,
        explain: false,
        feedback,
      });
      return {
        search: async (text, k) => {
          const first = feeds
            ? (await engine.search(request(text, ranking.rm3.depth, []))).hits.flatMap(
                ({ id }) => texts.get(id) ?? [],
              )
            : [];
          const { hits } = await engine.search(request(text, Math.min(k, poolDepth.words), first));
          return hits.map(({ id, score }) => [id, score] as const);
        },
        close: () => engine.close(),
      };
    },
  };
}

/** As many texts as one file of the cache holds. */
const batchSize = 256;

/** The engine closes what it was given; this encoder is another's. */
function unclosed(encoder: Encoder): Encoder {
  return {
    name: encoder.name,
    fingerprint: encoder.fingerprint,
    dimensions: encoder.dimensions,
    encode: (texts) => encoder.encode(texts),
    close: async () => undefined,
  };
}

function cachingBulk(encoder: Encoder, cacheFolder: string | undefined) {
  return {
    encode: (texts: readonly string[]) => cachedVectors(encoder, texts, cacheFolder, () => undefined),
    close: async () => undefined,
  };
}

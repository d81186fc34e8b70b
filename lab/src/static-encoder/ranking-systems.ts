// What a student is judged against and as what: words alone, an encoder alone, and both fused as the service fuses them.
import {
  cachedVectors,
  denseSystem,
  type Encoder,
  encodedText,
  mlAnalyser,
  type System,
} from '@offprint/search';
import { indexOfRows, teacherRanking } from './teacher-lists.ts';
import { WordScores } from './word-scores.ts';

/** What the service pages through: see the search room's engine. */
const poolDepth = { words: 1000, meaning: 250 };

/** BM25 over title and abstract. */
export function wordSystem(name = 'bm25'): System {
  return {
    name,
    version: `k1=0.9 b=0.4 ${mlAnalyser.fingerprint}`,
    prepare: ({ documents }) => {
      const scores = new WordScores(documents.map(searchedText), mlAnalyser);
      return {
        search: (text, k) =>
          scores.search(text, k).map(({ place, score }) => [documents[place]?.id ?? '', score] as const),
      };
    },
  };
}

/** An encoder by itself, named after it. */
export function aloneSystem(encoder: Encoder, cacheFolder: string | undefined): System {
  return denseSystem(encoder, cacheFolder === undefined ? {} : { cacheFolder });
}

/** An encoder fused with BM25, named `NAME+bm25`. */
export function fusedSystem(encoder: Encoder, cacheFolder: string | undefined): System {
  return {
    name: `${encoder.name}+bm25`,
    version: `${encoder.fingerprint} meaning=0.5`,
    prepare: async ({ documents }, progress) => {
      const texts = documents.map(searchedText);
      const vectors = await cachedVectors(encoder, texts, cacheFolder, progress);
      const index = indexOfRows(vectors, encoder.dimensions);
      const words = new WordScores(texts, mlAnalyser);
      return {
        search: async (text, k) => {
          const vector = await encoder.encode([text]);
          return teacherRanking({ words, vectors: index }, text, vector, poolDepth)
            .slice(0, k)
            .map(({ paper, score }) => [documents[paper]?.id ?? '', score] as const);
        },
      };
    },
  };
}

function searchedText({ title, text }: { readonly title: string; readonly text: string }): string {
  return encodedText({ title, abstract: text }).trim();
}

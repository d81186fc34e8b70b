// Papers like others: by the mean of their vectors, or by their most telling words until they have vectors.
import { Bitset } from '../bitset.ts';
import { noFilter, type Query } from '../query/query.ts';
import type { EngineHit, SimilarRequest, SimilarResults } from './answer.ts';
import { checkCount, type Searched } from './answer-query.ts';
import { byCodeUnits, type Scored } from './pool.ts';
import { leastSimilarity, poolDepth, relevantEnough } from './settings.ts';
import { tellingWords } from './telling-words.ts';

/**
 * The papers closest to some examples, without them.
 *
 * @throws SearchError `bad-input` for an offset or a limit that is no count.
 */
export function findSimilar(searched: Searched, request: SimilarRequest): SimilarResults {
  checkCount('offset', request.offset);
  checkCount('limit', request.limit);
  const { index } = searched;
  const examples = request.like.flatMap(({ id }) => {
    const ordinal = index.ordinalOf(id);
    return ordinal === undefined ? [] : [ordinal];
  });
  const others = allBut(examples, index.ordinalLimit);
  const centre = meanVector(searched, examples);
  const found =
    centre === undefined || searched.meaning === undefined
      ? byWords(searched, request, others)
      : searched.meaning.search(centre, poolDepth.meaning, others);
  const alike = Array.from(found.ordinals, (ordinal, i) => ({
    id: index.idOf(ordinal),
    ordinal,
    score: found.scores[i] ?? 0,
  })).filter(({ score }) => centre === undefined || score >= leastSimilarity);
  alike.sort((a, b) => b.score - a.score || byCodeUnits(a.id, b.id));
  // By date only the closest stay: otherwise what is barely like the examples would stand first for being new.
  const hits =
    request.sort === 'date'
      ? alike
          .slice(0, relevantEnough)
          .sort(
            (a, b) =>
              byCodeUnits(index.columnsOf(b.ordinal).date ?? '', index.columnsOf(a.ordinal).date ?? '') ||
              byCodeUnits(a.id, b.id),
          )
      : alike;
  return {
    hits: hits
      .slice(request.offset, request.offset + request.limit)
      .map(({ id, score }): EngineHit => ({ id, score, explanation: undefined })),
    total: hits.length,
    mode: centre === undefined ? 'words' : 'meaning',
  };
}

/** The mean of the examples' unit vectors, brought to length 1; undefined while none has a vector. */
function meanVector({ meaning }: Searched, examples: readonly number[]): Float32Array | undefined {
  const vectors = examples.flatMap((ordinal) => meaning?.vector(ordinal) ?? []);
  const first = vectors[0];
  if (first === undefined) return undefined;
  const sum = first.map((_, i) => vectors.reduce((total, vector) => total + (vector[i] ?? 0), 0));
  const norm = Math.hypot(...sum);
  return norm > 0 ? sum.map((value) => value / norm) : undefined;
}

function byWords({ index, analyser }: Searched, request: SimilarRequest, others: Bitset): Scored {
  const words = tellingWords(request.like, analyser, (term) => {
    const { documents, idf } = index.termStatistics(term);
    return documents === 0 ? 0 : idf;
  });
  const query: Query = { words, required: [], excluded: [], filter: noFilter, freeText: '', notes: [] };
  const { hits } = index.search(query, { limit: poolDepth.meaning, accept: others });
  return {
    ordinals: Uint32Array.from(hits, ({ ordinal }) => ordinal),
    scores: Float64Array.from(hits, ({ score }) => score),
  };
}

function allBut(ordinals: readonly number[], limit: number): Bitset {
  const others = Bitset.full(limit);
  for (const ordinal of ordinals) others.delete(ordinal);
  return others;
}

// One search, from the query to a page of results: what both rankings propose, fused, ordered, counted, explained.
import type { Analyser } from '../analysis/analyser.ts';
import { SearchError } from '../errors.ts';
import type { SearchIndex } from '../index/search-index.ts';
import type { Query } from '../query/query.ts';
import type { EngineAnswer, EngineRequest, SearchMode } from './answer.ts';
import { expandVector, expandWords } from './expand-query.ts';
import { explainPooled } from './explain-pooled.ts';
import type { MeaningSpace } from './meaning-space.ts';
import { byCodeUnits, type Pooled, rank, type Scored, unite } from './pool.ts';
import {
  fewResults,
  leastEncodedShare,
  leastSimilarity,
  poolDepth,
  type RankingSettings,
  relevantEnough,
} from './settings.ts';

/** What one search works on. */
export interface Searched {
  readonly index: SearchIndex;
  readonly analyser: Analyser;
  /** undefined where search goes by words alone. */
  readonly meaning: MeaningSpace | undefined;
  readonly ranking: RankingSettings;
}

const noScores: Scored = { ordinals: new Uint32Array(0), scores: new Float64Array(0) };

/**
 * Answers a query. The one thing waited for is its vector, so it comes first, and what follows sees the index at one
 * moment. Where another encoder took over meanwhile, the query is encoded again.
 *
 * @param now what there is to search at the moment of the call.
 * @throws SearchError `bad-input` for an offset or a limit that is no count.
 */
export async function answerQuery(now: () => Searched, request: EngineRequest): Promise<EngineAnswer> {
  checkCount('offset', request.offset);
  checkCount('limit', request.limit);
  const { words, required, freeText } = request.query;
  // An encoder has a vector for everything, also for stop words and smileys; near it are papers about nothing asked.
  if (words.length === 0 && required.length === 0) return answerFilter(now(), request);
  const usable = (searched: Searched): MeaningSpace | undefined =>
    freeText.trim() === '' ? undefined : usableMeaning(searched, request.mode);
  for (;;) {
    const space = usable(now());
    const vector = await space?.queryVector(freeText);
    const searched = now();
    if (usable(searched) !== space) continue;
    const meant = space === undefined || vector === undefined ? undefined : { space, vector };
    return answerWords(searched, meant, request);
  }
}

/** @throws SearchError `bad-input` for what is no whole number from 0 on. */
export function checkCount(field: string, value: number): void {
  if (!Number.isInteger(value) || value < 0)
    throw new SearchError('bad-input', `${field} must be a whole number from 0 on.`, { field });
}

/** The vectors to search by, unless words are asked for or too few papers have one. */
function usableMeaning({ index, meaning }: Searched, mode: SearchMode): MeaningSpace | undefined {
  if (mode === 'words' || meaning === undefined || meaning.encoded === 0) return undefined;
  return meaning.encoded >= index.size * leastEncodedShare ? meaning : undefined;
}

const bare: Omit<EngineAnswer, 'hits' | 'total' | 'facets'> = {
  capped: false,
  mode: 'words',
  terms: [],
  replaced: [],
  suggestion: undefined,
  expansion: [],
  notes: [],
};

/** A query without words: every paper that passes its filter, newest first or by votes; none where it asks nothing. */
function answerFilter({ index }: Searched, request: EngineRequest): EngineAnswer {
  const passing = index.accept(request.query);
  if (passing === undefined)
    return {
      ...bare,
      hits: [],
      total: 0,
      facets: request.facets ? index.facets(new Uint32Array(0)) : undefined,
    };
  const { hits } = index.search(request.query, {
    limit: request.limit,
    offset: request.offset,
    sort: request.sort === 'votes' ? 'votes' : 'date',
  });
  return {
    ...bare,
    hits: hits.map(({ id }) => ({
      id,
      score: 0,
      explanation: request.explain ? { fusion: 'none', parts: [], terms: [] } : undefined,
    })),
    total: passing.count(),
    facets: request.facets ? index.facets(passing) : undefined,
  };
}

/** What a query means, and the space in which that is said. */
interface Meant {
  readonly space: MeaningSpace;
  readonly vector: Float32Array;
}

function answerWords(searched: Searched, meant: Meant | undefined, request: EngineRequest): EngineAnswer {
  const { index, ranking } = searched;
  const vector = meant === undefined ? undefined : fedBack(searched, meant, request);
  const byMeaning = request.mode === 'meaning' && meant !== undefined;
  const expanded =
    request.feedback.length === 0
      ? { query: request.query, added: [] }
      : expandWords(request.query, request.feedback, index, searched.analyser, ranking);
  const { query } = expanded;

  const found = byMeaning
    ? undefined
    : index.search(query, { limit: poolDepth.words, offset: 0, sort: 'relevance' });
  const replaced = found?.replaced ?? [];
  const words: Scored =
    found === undefined
      ? noScores
      : {
          ordinals: Uint32Array.from(found.hits, ({ ordinal }) => ordinal),
          scores: Float64Array.from(found.hits, ({ score }) => score),
        };
  const proposed =
    meant === undefined || vector === undefined
      ? noScores
      : similarEnough(
          meant.space.search(
            vector,
            byMeaning ? poolDepth.words : poolDepth.meaning,
            index.accept(request.query),
          ),
        );

  const candidates = unite(words, proposed, {
    words: (ordinals) => (byMeaning ? new Float64Array(ordinals.length) : index.scoreOf(query, ordinals)),
    meaning: (ordinals) =>
      meant === undefined || vector === undefined
        ? new Float32Array(ordinals.length).fill(Number.NaN)
        : meant.space.similarities(vector, ordinals),
  });
  const fusion =
    meant === undefined
      ? ({ kind: 'weighted', meaning: 0, floor: 0 } as const)
      : byMeaning
        ? ({ kind: 'weighted', meaning: 1, floor: 0 } as const)
        : ranking.fusion;
  const pool = rank(candidates, fusion, (ordinal) => index.idOf(ordinal));
  const ordered = inOrder(searched, request, pool);
  const page = ordered.slice(request.offset, request.offset + request.limit);
  return {
    hits: page.map((pooled) => ({
      id: index.idOf(pooled.ordinal),
      score: pooled.score,
      explanation: request.explain
        ? explainPooled(index, query, pooled, fusion, meant !== undefined)
        : undefined,
    })),
    total: ordered.length,
    capped: words.ordinals.length >= poolDepth.words,
    facets: request.facets ? index.facets(Uint32Array.from(ordered, ({ ordinal }) => ordinal)) : undefined,
    mode: byMeaning ? 'meaning' : meant === undefined ? 'words' : 'hybrid',
    terms: termsOf(request.query, replaced, searched.analyser),
    replaced,
    suggestion:
      found !== undefined && (found.hits.length < fewResults || replaced.length > 0)
        ? index.suggest(request.query)
        : undefined,
    expansion: expanded.added,
    notes:
      found?.hits.length === 0 && ordered.length > 0
        ? ['No paper has these words: these are the papers nearest to them in meaning.']
        : [],
  };
}

/** The query's vector, moved towards its first results where they are given. */
function fedBack(
  { index, ranking }: Searched,
  { space, vector }: Meant,
  { feedback }: EngineRequest,
): Float32Array {
  return feedback.length === 0 ? vector : expandVector(vector, feedback, index, space, ranking);
}

/** The proposals down to the least similarity; they come best first. */
function similarEnough({ ordinals, scores }: Scored): Scored {
  const end = scores.findIndex((score) => score < leastSimilarity);
  return end < 0 ? { ordinals, scores } : { ordinals: ordinals.slice(0, end), scores: scores.slice(0, end) };
}

/**
 * The pool as it is paged through. By date or votes only what holds every word, or is among the most relevant,
 * stays: otherwise what shares one common word with the query would stand first for being new.
 */
function inOrder(
  { index }: Searched,
  { sort, query }: EngineRequest,
  pool: readonly Pooled[],
): readonly Pooled[] {
  if (sort === 'relevance') return pool;
  const holdsAll = index.containsAll(query);
  const kept = pool
    .filter(({ ordinal }, place) => place < relevantEnough || holdsAll.has(ordinal))
    .map((pooled) => ({ pooled, id: index.idOf(pooled.ordinal), columns: index.columnsOf(pooled.ordinal) }));
  kept.sort((a, b) =>
    sort === 'votes'
      ? b.columns.votes - a.columns.votes || byCodeUnits(a.id, b.id)
      : byCodeUnits(b.columns.date ?? '', a.columns.date ?? '') || byCodeUnits(a.id, b.id),
  );
  return kept.map(({ pooled }) => pooled);
}

/** The terms to be marked: whatever of the query could have matched, and what was searched in the place of a word. */
function termsOf(
  { words, required }: Query,
  replaced: EngineAnswer['replaced'],
  analyser: Analyser,
): string[] {
  return [
    ...new Set([
      ...[...words, ...required].flatMap(({ alternatives }) => alternatives.flat().map(({ term }) => term)),
      ...replaced.flatMap(({ by }) => by.flatMap((word) => analyser.text(word).map(({ term }) => term))),
    ]),
  ];
}

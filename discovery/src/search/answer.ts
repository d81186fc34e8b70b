// Answers for people: the engine's ids as papers, and the few things that only the catalogue knows.
import {
  type Database,
  OffprintError,
  type PaperCard,
  parsePaperId,
  readCards,
  readPaper,
} from '@offprint/catalogue';
import {
  type EngineCalls,
  type EngineHit,
  formatQuery,
  mlAnalyser,
  type PaperText,
  parseQuery,
  SearchError,
  type SearchMode,
  standardRanking,
} from '@offprint/search';
import { searchDocumentOf } from './search-document.ts';
import type { SearchHit, SearchService } from './service.ts';

const usualLimit = 20;
const mostLimit = 120;
const mostOffset = 10_000;
const mostExamples = 20;

/** The part of a running search that answers. */
export function createSearchService(
  db: Database,
  engine: Pick<EngineCalls, 'search' | 'similar' | 'complete' | 'status'>,
  state: { readonly isCaughtUp: () => boolean; readonly revision: () => string },
): SearchService {
  return translated({
    async search(request) {
      const named = await paperNamed(db, request.q);
      const query = parseQuery(named === undefined ? request.q : `id:${named}`, { analyser: mlAnalyser });
      const mode: SearchMode = request.mode ?? 'hybrid';
      const asked = {
        query,
        mode,
        sort: request.sort ?? 'relevance',
        offset: count('offset', request.offset ?? 0, mostOffset),
        limit: count('limit', request.limit ?? usualLimit, mostLimit),
        facets: request.facets ?? false,
        explain: request.explain ?? false,
        feedback: [] as readonly PaperText[],
      };
      const feedback = request.feedback === true ? await firstResults(asked) : [];
      const answer = await engine.search({ ...asked, feedback });
      const building = state.isCaughtUp()
        ? []
        : ['The index is still being built: papers that it does not hold yet are not found.'];
      return {
        ...answer,
        hits: await withPapers(db, answer.hits),
        notes: [...query.notes, ...answer.notes, ...building],
        searched: formatQuery(query),
      };
    },

    async similar(request) {
      if (request.like.length === 0 || request.like.length > mostExamples)
        throw new OffprintError('bad-input', `Give between one and ${mostExamples} papers to be like.`, {
          field: 'like',
        });
      const like = (await readCards(db, [...new Set(request.like)])).map(paperText);
      if (like.length === 0)
        throw new OffprintError('not-found', 'None of the papers to be like is in this catalogue.', {
          field: 'like',
        });
      const { hits, total, mode } = await engine.similar({
        like,
        sort: request.sort ?? 'relevance',
        offset: count('offset', request.offset ?? 0, mostOffset),
        limit: count('limit', request.limit ?? usualLimit, mostLimit),
      });
      return { hits: await withPapers(db, hits), total, mode };
    },

    async complete(text, limit = 8) {
      const { papers, authors } = await engine.complete(text, count('limit', limit, 20));
      const cards = await readCards(db, papers);
      return { papers: cards.map(({ id, title }) => ({ id, title })), authors };
    },

    status: async () => ({ ...(await engine.status()), caughtUp: state.isCaughtUp() }),
    revision: state.revision,
  });

  async function firstResults(request: Parameters<EngineCalls['search']>[0]): Promise<PaperText[]> {
    const { hits } = await engine.search({
      ...request,
      sort: 'relevance',
      facets: false,
      explain: false,
      offset: 0,
      limit: Math.max(standardRanking.rm3.depth, standardRanking.rocchio.depth),
    });
    return (
      await readCards(
        db,
        hits.map(({ id }) => id),
      )
    ).map(paperText);
  }
}

/** The paper of this catalogue whose id or address the whole text is; `author:smith` has the shape of an id too. */
async function paperNamed(db: Database, text: string): Promise<string | undefined> {
  const id = parsePaperId(text);
  return id === undefined ? undefined : (await readPaper(db, id))?.id;
}

function paperText(paper: PaperCard): PaperText {
  const { id, title, abstract } = searchDocumentOf(paper);
  return { id, title, abstract };
}

/** The papers of some hits; one that was removed a moment ago is left out. */
async function withPapers(db: Database, hits: readonly EngineHit[]): Promise<SearchHit[]> {
  const cards = new Map(
    (
      await readCards(
        db,
        hits.map(({ id }) => id),
      )
    ).map((card) => [card.id, card]),
  );
  return hits.flatMap(({ id, score, explanation }) => {
    const paper = cards.get(id);
    return paper === undefined ? [] : [{ paper, score, explanation }];
  });
}

function count(field: string, value: number, most: number): number {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new OffprintError('bad-input', `${field} must be a whole number from 0 to ${most}.`, { field });
  return value;
}

/** The same service, its failures as the rooms above know them. */
function translated(service: SearchService): SearchService {
  return {
    ...service,
    search: (request) => service.search(request).catch(retell),
    similar: (request) => service.similar(request).catch(retell),
    complete: (text, limit) => service.complete(text, limit).catch(retell),
    status: () => service.status().catch(retell),
  };
}

function retell(error: unknown): never {
  if (!(error instanceof SearchError)) throw error;
  const code = error.code === 'foreign-file' ? 'damaged-file' : error.code;
  throw new OffprintError(code, error.message, {
    cause: error,
    ...(error.field === undefined ? {} : { field: error.field }),
  });
}

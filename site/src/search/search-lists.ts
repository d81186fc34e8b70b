// Lists longer than search answers at once, and the papers of a topic: what pages, feeds and the API share.
import { OffprintError, readTopic, type Topic } from '@offprint/catalogue';
import type { SearchHit, SearchService, SimilarAnswer } from '@offprint/discovery';
import type { SiteDependencies } from '../site-dependencies.ts';
import { deepestOffset, resultsPerPage } from './search-address.ts';

/** Most results that the service gives at once. */
const mostAtOnce = 100;

/** Asks for as many parts as are needed; `ask` gives one of them. */
export async function inParts<Answer extends { readonly hits: readonly SearchHit[]; readonly total: number }>(
  offset: number,
  limit: number,
  ask: (offset: number, limit: number) => Promise<Answer>,
): Promise<{ readonly first: Answer; readonly hits: readonly SearchHit[] }> {
  const first = await ask(offset, Math.min(limit, mostAtOnce));
  const end = Math.min(offset + limit, first.total);
  const hits = [...first.hits];
  for (let from = offset + mostAtOnce; from < end; from += mostAtOnce)
    hits.push(...(await ask(from, Math.min(end - from, mostAtOnce))).hits);
  return { first, hits };
}

/** Where a page begins in its list; `undefined` where no list goes on that far. */
export function pageOffset(page: number): number | undefined {
  const offset = (page - 1) * resultsPerPage;
  return offset < deepestOffset ? offset : undefined;
}

/**
 * The papers of a topic, newest first: those that its query finds and those like its examples.
 *
 * @returns one stretch of the list, and whether it goes on behind it.
 * @throws OffprintError `unavailable` while the first index is being built.
 */
export async function topicHits(
  search: SearchService,
  topic: Topic,
  offset: number,
  limit: number,
): Promise<{ readonly hits: readonly SearchHit[]; readonly hasMore: boolean }> {
  const found = (from: number, size: number) =>
    inParts(from, size, (at, most) =>
      search.search({ q: topic.query, sort: 'date', offset: at, limit: most }),
    );
  const alike = (from: number, size: number) =>
    inParts(from, size, (at, most) =>
      search.similar({ like: topic.examples, sort: 'date', offset: at, limit: most }).catch(withoutExamples),
    );
  const hasQuery = topic.query.trim() !== '';
  if (!hasQuery || topic.examples.length === 0) {
    const { hits } = await (hasQuery ? found : alike)(offset, limit + 1);
    return { hits: hits.slice(0, limit), hasMore: hits.length > limit };
  }
  // Whatever stands in this stretch of both lists together stands this early in one of them.
  const end = offset + limit + 1;
  const [byQuery, byExample] = await Promise.all([found(0, end), alike(0, end)]);
  const merged = [
    ...new Map([...byQuery.hits, ...byExample.hits].map((hit) => [hit.paper.id, hit])).values(),
  ];
  const ordered = merged.sort(newestFirst);
  return { hits: ordered.slice(offset, offset + limit), hasMore: ordered.length > offset + limit };
}

/** A topic outlives its examples: when the catalogue holds none of them any more, nothing is like them. */
function withoutExamples(error: unknown): SimilarAnswer {
  if (error instanceof OffprintError && error.code === 'not-found')
    return { hits: [], total: 0, mode: 'meaning' };
  throw error;
}

/** Newest first, papers without a date last, equal ones by id. */
function newestFirst(a: SearchHit, b: SearchHit): number {
  const [left, right] = [a.paper.publishedAt ?? '', b.paper.publishedAt ?? ''];
  if (left !== right) return left < right ? 1 : -1;
  return a.paper.id < b.paper.id ? -1 : 1;
}

/**
 * A topic by the end of its address.
 *
 * @throws OffprintError `not-found`.
 */
export async function findTopic(deps: SiteDependencies, slug: string): Promise<Topic> {
  const topic = slug.length > 200 ? undefined : await readTopic(deps.db, slug);
  if (topic !== undefined) return topic;
  throw new OffprintError('not-found', 'There is no such topic: /topics lists those that there are.', {
    field: 'slug',
  });
}

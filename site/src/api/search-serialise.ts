// Results of a search as JSON.
import type { PaperCard } from '@offprint/catalogue';
import type { SearchAnswer, SearchHit } from '@offprint/discovery';
import { marksOf } from '../search/marks.ts';
import type { ExplanationJson, SearchEntryJson, SearchHitJson } from './search-schemas.ts';
import { paperJson, sharedJson } from './serialise.ts';

function explanationJson({ explanation }: SearchHit): { explanation?: ExplanationJson } {
  if (explanation === undefined) return {};
  const { fusion, parts, terms } = explanation;
  return {
    explanation: {
      fusion,
      parts: parts.map((part) => ({ ...part })),
      terms: terms.map((term) => ({ ...term })),
    },
  };
}

/** A result as our own API tells it. */
export function hitJson(hit: SearchHit, publicUrl: string, terms: SearchAnswer['terms'] = []): SearchHitJson {
  return {
    paper: paperJson(hit.paper, undefined, publicUrl),
    score: hit.score,
    ...highlightsJson(hit.paper, terms),
    ...explanationJson(hit),
  };
}

function highlightsJson(paper: PaperCard, terms: readonly string[]): Pick<SearchHitJson, 'highlights'> {
  const marks = marksOf(terms);
  if (marks === undefined) return {};
  const ranges = (text: string): [number, number][] => marks.ranges(text).map(([start, end]) => [start, end]);
  return { highlights: { title: ranges(paper.title), summary: ranges(paper.abstract ?? '') } };
}

/** A result in the shape that clients of the paper API expect of a search. */
export function searchEntryJson(hit: SearchHit, publicUrl: string): SearchEntryJson {
  const { paper } = hit;
  return {
    paper: paperJson(paper, undefined, publicUrl),
    ...(paper.publishedAt === null ? {} : { publishedAt: paper.publishedAt }),
    ...sharedJson(paper),
    ...(paper.thumbnailUrl === null ? {} : { thumbnail: paper.thumbnailUrl }),
    numComments: paper.commentCount,
    isAuthorParticipating: false,
    score: hit.score,
    ...explanationJson(hit),
  };
}

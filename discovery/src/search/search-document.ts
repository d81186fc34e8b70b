// A paper of the catalogue as the index sees it.
import { isArxivId, type PaperCard } from '@offprint/catalogue';
import type { SearchDocument } from '@offprint/search';

/** What is searched, filtered by and sorted by. A paper without an abstract is known by its summaries until it comes. */
export function searchDocumentOf(paper: PaperCard): SearchDocument {
  return {
    id: paper.id,
    title: paper.title,
    abstract: aboutText(paper),
    authors: paper.authors.map(({ name }) => name),
    categories: primaryFirst(paper),
    date: (paper.publishedAt ?? null)?.slice(0, 10) ?? null,
    source: sourceOf(paper.id),
    hasCode: paper.links.some(({ kind }) => kind === 'code'),
    votes: paper.upvotes,
  };
}

function aboutText(paper: PaperCard): string {
  const abstract = paper.abstract?.trim() ?? '';
  return abstract === '' ? paper.summaries.map(({ body }) => body.trim()).join('\n') : abstract;
}

function primaryFirst({ primaryCategory, categories }: PaperCard): string[] {
  const primary = primaryCategory === null ? [] : [primaryCategory];
  return [...new Set([...primary, ...categories])];
}

/** `arxiv` for arXiv ids, otherwise what stands before the colon: `acl:2020.example-1` comes from `acl`. */
function sourceOf(id: string): string {
  if (isArxivId(id)) return 'arxiv';
  const colon = id.indexOf(':');
  return colon > 0 ? id.slice(0, colon) : 'other';
}

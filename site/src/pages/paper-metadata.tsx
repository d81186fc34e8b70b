// What a paper's page tells programs: citation_* tags for Zotero and Google Scholar, JSON-LD for search engines.
import { isArxivId, type Paper } from '@offprint/catalogue';
import { raw } from 'hono/html';
import { plainProse } from '../maths/prose.ts';
import { paperPath, utcDay } from './format.ts';

const maxAuthors = 500;

/** @see https://scholar.google.com/intl/en/scholar/inclusion.html#indexing */
export function CitationTags(props: { readonly paper: Paper; readonly publicUrl: string }) {
  const { paper, publicUrl } = props;
  const date = (instant: string): string => utcDay(instant).replaceAll('-', '/');
  const arxiv = isArxivId(paper.id);
  const tags: readonly (readonly [string, string | undefined])[] = [
    ['citation_title', plainProse(paper.title, 2000)],
    ...paper.authors
      .slice(0, maxAuthors)
      .map(({ name }) => ['citation_author', plainProse(name, 300)] as const),
    ['citation_publication_date', paper.publishedAt === null ? undefined : date(paper.publishedAt)],
    ['citation_online_date', paper.updatedAt === null ? undefined : date(paper.updatedAt)],
    ['citation_doi', paper.doi ?? undefined],
    ['citation_arxiv_id', arxiv ? paper.id : undefined],
    ['citation_pdf_url', arxiv ? `https://arxiv.org/pdf/${paper.id}` : undefined],
    ['citation_abstract_html_url', `${publicUrl}${paperPath(paper.id)}`],
    ['citation_abstract', paper.abstract === null ? undefined : plainProse(paper.abstract, 8000)],
    ['citation_keywords', paper.categories.length === 0 ? undefined : paper.categories.join('; ')],
  ];
  return (
    <>
      {tags.map(([name, content]) => (content === undefined ? null : <meta name={name} content={content} />))}
    </>
  );
}

/** @see https://schema.org/ScholarlyArticle */
export function StructuredData(props: { readonly paper: Paper; readonly publicUrl: string }) {
  const { paper, publicUrl } = props;
  const url = `${publicUrl}${paperPath(paper.id)}`;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    '@id': url,
    url,
    headline: plainProse(paper.title, 2000),
    author: paper.authors.slice(0, maxAuthors).map((author) => ({
      '@type': 'Person',
      name: plainProse(author.name, 300),
      ...(author.affiliation === null ? {} : { affiliation: plainProse(author.affiliation, 300) }),
    })),
    ...(paper.abstract === null ? {} : { abstract: plainProse(paper.abstract, 8000) }),
    ...(paper.publishedAt === null ? {} : { datePublished: utcDay(paper.publishedAt) }),
    ...(paper.updatedAt === null ? {} : { dateModified: utcDay(paper.updatedAt) }),
    ...(paper.licence === null ? {} : { license: paper.licence }),
    ...(isArxivId(paper.id) ? { sameAs: `https://arxiv.org/abs/${paper.id}` } : {}),
    ...(paper.categories.length === 0 ? {} : { keywords: paper.categories }),
  };
  // `<` never stands as such, so that no text can end the element.
  return <script type="application/ld+json">{raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>;
}

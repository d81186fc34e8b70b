// A paper as Markdown, for programs that read papers: /papers/{id}.md, or /papers/{id} with Accept: text/markdown.
import type { OpenAPIHono } from '@hono/zod-openapi';
import { isArxivId, type Paper } from '@offprint/catalogue';
import type { Context, MiddlewareHandler } from 'hono';
import { representationFor } from '../http/accept.ts';
import type { SiteEnv } from '../http/request-environment.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { findPaper } from './find-paper.ts';
import { paperUrl } from './serialise.ts';

/** Text on one line, unable to begin a tag, a heading or a link of its own. */
function inline(text: string): string {
  return harmless(text).replace(/\s+/g, ' ').trim();
}

function harmless(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<');
}

/** Paragraphs that keep their breaks, and whose lines begin nothing but text. */
function paragraphs(text: string): string {
  return harmless(text)
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/^([#>+*-]|\d+[.)])(?=\s)/, '\\$1'),
    )
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** The Markdown of a paper: what it is called, who wrote it, where it lives, its abstract, and our summary. */
export function paperMarkdown(paper: Paper, publicUrl: string): string {
  const authors = paper.authors.map((author) => inline(author.name)).join(', ');
  const facts: [string, string | null][] = [
    ['Authors', authors === '' ? authorCount(paper.authorCount) : authors],
    ['Published', paper.publishedAt?.slice(0, 10) ?? null],
    ['Updated', paper.updatedAt?.slice(0, 10) ?? null],
    ['Categories', paper.categories.length === 0 ? null : paper.categories.map(inline).join(', ')],
    ['arXiv', isArxivId(paper.id) ? `https://arxiv.org/abs/${paper.id}` : null],
    ['PDF', isArxivId(paper.id) ? `https://arxiv.org/pdf/${paper.id}` : null],
    ['DOI', paper.doi === null ? null : inline(paper.doi)],
    ['Licence', paper.licence === null ? null : inline(paper.licence)],
    ...paper.links.map((link): [string, string] => [
      link.kind === 'code' ? 'Code' : 'Project page',
      inline(link.url),
    ]),
    ['Page', paperUrl(publicUrl, paper.id)],
  ];
  const ours = paper.summaries.find((summary) => summary.kind === 'ours');
  const upstream = paper.summaries.find((summary) => summary.kind === 'upstream');
  const sections = [
    `# ${inline(paper.title)}`,
    paper.withdrawn ? '**This paper has been withdrawn.**' : '',
    facts
      .filter((fact): fact is [string, string] => fact[1] !== null)
      .map(([name, value]) => `- ${name}: ${value}`)
      .join('\n'),
    paper.abstract === null ? '' : `## Abstract\n\n${paragraphs(paper.abstract)}`,
    ours === undefined ? '' : `## Summary by Offprint\n\n${paragraphs(ours.body)}`,
    upstream === undefined ? '' : `## Summary from upstream\n\n${paragraphs(upstream.body)}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function authorCount(count: number): string | null {
  return count === 0 ? null : count === 1 ? '1 author' : `${count} authors`;
}

async function sendMarkdown(c: Context<SiteEnv>, deps: SiteDependencies, id: string): Promise<Response> {
  const paper = await findPaper(deps, id);
  const address = paperUrl(deps.publicUrl, paper.id);
  return c.body(paperMarkdown(paper, deps.publicUrl), 200, {
    'Content-Type': 'text/markdown; charset=utf-8',
    Link: `<${address}>; rel="canonical"`,
  });
}

/** Adds the routes; before those of the pages, which take every other reader. */
export function addMarkdown(app: OpenAPIHono<SiteEnv>, deps: SiteDependencies): void {
  const spelled =
    (next: MiddlewareHandler<SiteEnv>): MiddlewareHandler<SiteEnv> =>
    (c, go) =>
      representationFor(c.req.header('accept')) === 'markdown' ? next(c, go) : go();

  app.get('/papers/:id{.+\\.md}', (c) => sendMarkdown(c, deps, c.req.param('id').slice(0, -3)));
  app.get(
    '/papers/:id{.+}',
    spelled((c) => sendMarkdown(c, deps, c.req.param('id') ?? '')),
  );

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/papers/{id}.md',
    summary: 'One paper as Markdown',
    description: 'The same as `/papers/{id}` with `Accept: text/markdown`.',
    tags: ['papers'],
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    responses: {
      200: { description: 'The paper.', content: { 'text/markdown': { schema: { type: 'string' } } } },
      404: { description: 'There is no such paper in this catalogue.' },
    },
  });
}

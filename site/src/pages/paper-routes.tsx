// `/papers/…`: one paper, its citations, and the way there from any spelling of its id.
import {
  isArxivId,
  OffprintError,
  type PaperCard,
  parsePaperId,
  readDayNeighbours,
  readPaper,
} from '@offprint/catalogue';
import { type Context, Hono } from 'hono';
import { representationFor } from '../http/accept.ts';
import { readPanel } from '../lab/panel.ts';
import { submittedName } from '../lab/shared/control-values.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { type CitationFormat, citationFormats } from './citation-formats.ts';
import { citationRecord } from './citation-record.ts';
import { paperPath } from './format.ts';
import { renderPage } from './layout.tsx';
import { PaperPage } from './paper-page.tsx';
import { UnknownPaper } from './unknown-paper.tsx';

const neighbourReach = 4;
const similarShown = 6;

export function paperRoutes(deps: SiteDependencies): Hono {
  const routes = new Hono();

  routes.get('/papers', (c) => {
    const id = parsePaperId(c.req.query('id') ?? '');
    if (id === undefined)
      throw new OffprintError('bad-input', 'Give an arXiv id or address, such as 2406.08607.', {
        field: 'id',
      });
    return c.redirect(paperPath(id), 302);
  });

  routes.get('/papers/*', async (c, next) => {
    const asked = askedFor(c);
    if (asked === undefined) return next();
    const { id, format } = asked;
    const canonical = `${paperPath(id)}${format === undefined ? '' : `.${format}`}`;
    if (new URL(c.req.url).pathname !== canonical) return c.redirect(canonical, 301);
    const paper = await readPaper(deps.db, id);
    if (!paper) return unknown(c, id);
    if (paper.id !== id) return c.redirect(canonical.replace(paperPath(id), paperPath(paper.id)), 301);
    if (format !== undefined) {
      const { type, write } = citationFormats[format];
      c.header('Content-Disposition', `inline; filename="${paper.id.replace(/[^\w.-]/g, '_')}.${format}"`);
      return c.body(write(citationRecord(paper, deps.publicUrl)), 200, { 'Content-Type': type });
    }
    const day = paper.listings[0]?.day;
    const sent = new URL(c.req.url).searchParams;
    // What one reader made of the controls is hardly asked for again.
    if (sent.has(submittedName)) c.header('Cache-Control', 'private, no-cache');
    const [neighbours, similar, panel] = await Promise.all([
      day === undefined ? [] : readDayNeighbours(deps.db, id, day, neighbourReach),
      similarTo(deps, id),
      readPanel(deps, id, sent),
    ]);
    return c.html(
      renderPage(
        <PaperPage
          paper={paper}
          publicUrl={deps.publicUrl}
          day={day}
          neighbours={neighbours}
          similar={similar}
          panel={panel}
        />,
      ),
    );
  });

  routes.post('/papers/*', async (c) => {
    const id = askedFor(c)?.id;
    if (id === undefined || !isArxivId(id))
      throw new OffprintError('bad-input', 'Only papers with an arXiv id can be fetched and indexed.', {
        field: 'id',
      });
    if (await readPaper(deps.db, id)) return c.redirect(paperPath(id), 303);
    const state = await deps.requestIndexing(id);
    return c.html(renderPage(<UnknownPaper id={id} state={state} />), state === 'unavailable' ? 503 : 202);
  });
  return routes;
}

/** The papers most like one; none while search is not ready, for a paper's page is whole without them. */
async function similarTo(deps: SiteDependencies, id: string): Promise<readonly PaperCard[]> {
  try {
    const { hits } = await deps.search.similar({ like: [id], limit: similarShown });
    return hits.map(({ paper }) => paper);
  } catch (error) {
    if (error instanceof OffprintError && error.code === 'unavailable') return [];
    throw error;
  }
}

/** Which paper a path asks for and in which form; `undefined` for forms that are not pages. */
function askedFor(
  c: Context,
): { readonly id: string; readonly format: CitationFormat | undefined } | undefined {
  const path = new URL(c.req.url).pathname.slice('/papers/'.length);
  const text = decoded(path);
  if (text?.endsWith('.md')) return undefined;
  const format = (['csl.json', 'bib', 'ris'] as const).find((ending) => text?.endsWith(`.${ending}`));
  const id = text === undefined ? undefined : parsePaperId(format ? text.slice(0, -format.length - 1) : text);
  if (id === undefined)
    throw new OffprintError(
      'not-found',
      'That is no paper id: write it as arXiv does, such as 2406.08607 or hep-th/9901001.',
      { field: 'id' },
    );
  return { id, format };
}

function decoded(path: string): string | undefined {
  try {
    return path.length > 400 ? undefined : decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function unknown(c: Context, id: string): Response {
  if (!isArxivId(id) || representationFor(c.req.header('accept')) !== 'html')
    throw new OffprintError('not-found', 'No paper of this catalogue has that id.', { field: 'id' });
  return c.html(renderPage(<UnknownPaper id={id} state={undefined} />), 404);
}

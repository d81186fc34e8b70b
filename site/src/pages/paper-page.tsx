// The page of one paper.
import { type DayNeighbour, isArxivId, type Paper, type PaperCard } from '@offprint/catalogue';
import { assetUrl } from '../assets.ts';
import type { Panel } from '../lab/panel.ts';
import { clip } from '../maths/clean-text.ts';
import { plainProse } from '../maths/prose.ts';
import { compactCount, counted, longDate, paperPath, shortDate, utcDay } from './format.ts';
import { Icon } from './icons.tsx';
import { TrialPanel } from './lab/trial-panel.tsx';
import { Page } from './layout.tsx';
import { PaperFacts } from './paper-facts.tsx';
import { CitationTags, StructuredData } from './paper-metadata.tsx';
import { SimilarPapers } from './search/similar-papers.tsx';
import { Line, Paragraphs } from './text.tsx';

const longestTitle = 1000;
const namedAuthors = 40;

export interface PaperPageProps {
  readonly paper: Paper;
  readonly publicUrl: string;
  /** The feed day on which the paper stands, and those around it there. */
  readonly day: string | undefined;
  readonly neighbours: readonly DayNeighbour[];
  /** The papers most like it, the nearest first. */
  readonly similar: readonly PaperCard[];
  /** Its claim, tried; undefined for a paper that the lab has not tried. */
  readonly panel: Panel | undefined;
}

export function PaperPage(props: PaperPageProps) {
  const { paper, publicUrl } = props;
  const path = paperPath(paper.id);
  const title = plainProse(paper.title, 300);
  // Until the abstract is there our summary stands in its place, afterwards behind it.
  const hasAbstract = paper.abstract !== null && paper.abstract.trim() !== '';
  const ours = <Summary paper={paper} kind="ours" label="Offprint summary" />;
  return (
    <Page
      title={title}
      {...(paper.abstract === null ? {} : { description: plainProse(paper.abstract, 300) })}
      canonical={`${publicUrl}${path}`}
      head={
        <>
          <CitationTags paper={paper} publicUrl={publicUrl} />
          <StructuredData paper={paper} publicUrl={publicUrl} />
          <link rel="alternate" type="application/x-bibtex" title="BibTeX" href={`${path}.bib`} />
          <link rel="alternate" type="text/markdown" title="Markdown" href={`${path}.md`} />
          {props.panel === undefined ? null : <script type="module" src={assetUrl('client/lab.ts')} />}
        </>
      }
    >
      <article class="paper">
        <header class="paper-head">
          <p class="kicker">
            {isArxivId(paper.id) ? `arXiv:${paper.id}` : clip(paper.id, 60)}
            {paper.primaryCategory ? ` · ${paper.primaryCategory}` : ''}
            {props.day ? (
              <>
                {' '}
                · <a href={`/date/${props.day}`}>{longDate(props.day)}</a>
              </>
            ) : null}
          </p>
          <h1>
            <Line text={clip(paper.title, longestTitle)} />
          </h1>
          <PaperAuthors paper={paper} />
          <p class="byline">
            {paper.publishedAt ? (
              <span>
                Submitted{' '}
                <time datetime={utcDay(paper.publishedAt)}>{longDate(utcDay(paper.publishedAt))}</time>
              </span>
            ) : null}
            {paper.updatedAt && paper.updatedAt !== paper.publishedAt ? (
              <span>
                revised <time datetime={utcDay(paper.updatedAt)}>{longDate(utcDay(paper.updatedAt))}</time>
              </span>
            ) : null}
            <span class="count">
              <Icon name="vote" />
              {compactCount(paper.upvotes)} {paper.upvotes === 1 ? 'vote' : 'votes'}
            </span>
            <span class="count">
              <Icon name="comment" />
              {compactCount(paper.commentCount)} {paper.commentCount === 1 ? 'comment' : 'comments'}
            </span>
          </p>
        </header>
        <div class="paper-text">
          {paper.withdrawn ? (
            <p class="notice">
              <strong>Withdrawn.</strong> The authors or arXiv have withdrawn this paper; what follows is kept
              for the record.
            </p>
          ) : null}
          {hasAbstract ? null : ours}
          <section aria-labelledby="abstract">
            <h2 id="abstract">Abstract</h2>
            {hasAbstract ? (
              <Paragraphs text={paper.abstract ?? ''} />
            ) : (
              <p class="absent">The abstract has not been fetched from its source yet.</p>
            )}
          </section>
          {hasAbstract ? ours : null}
          <Summary paper={paper} kind="upstream" label="Summary from the upstream feed" />
          {paper.title.length > longestTitle ? (
            <details>
              <summary>The whole title</summary>
              <p dir="auto">{plainProse(paper.title)}</p>
            </details>
          ) : null}
        </div>
        {props.panel === undefined ? null : <TrialPanel panel={props.panel} path={path} />}
        <PaperFacts paper={paper} />
        <SimilarPapers paper={paper} similar={props.similar} />
        {props.day && props.neighbours.length > 1 ? (
          <SameDay paper={paper} day={props.day} neighbours={props.neighbours} />
        ) : null}
      </article>
    </Page>
  );
}

function PaperAuthors(props: { readonly paper: Paper }) {
  const { authors, authorCount } = props.paper;
  if (authors.length === 0)
    return authorCount > 0 ? <p class="authors">{counted(authorCount, 'author')}</p> : null;
  const rest = authors.slice(namedAuthors);
  const names = (some: Paper['authors']) =>
    some.map((author, i) => (
      <>
        {i > 0 ? ', ' : ''}
        <span title={author.affiliation === null ? undefined : plainProse(author.affiliation, 200)}>
          <Line text={clip(author.name, 200)} />
        </span>
      </>
    ));
  return (
    <div class="authors">
      <p>{names(authors.slice(0, namedAuthors))}</p>
      {rest.length > 0 ? (
        <details>
          <summary>and {counted(rest.length, 'other')}</summary>
          <p>{names(rest)}</p>
        </details>
      ) : null}
    </div>
  );
}

function Summary(props: {
  readonly paper: Paper;
  readonly kind: 'ours' | 'upstream';
  readonly label: string;
}) {
  const summary = props.paper.summaries.find(({ kind }) => kind === props.kind);
  if (!summary) return null;
  return (
    <section class="summary" aria-label={props.label}>
      <p class="label">{props.label}</p>
      <Paragraphs text={summary.body} />
      {summary.keywords.length > 0 ? (
        <p class="keywords">
          {summary.keywords.slice(0, 20).map((keyword) => (
            <span>
              <Line text={clip(keyword, 80)} />
            </span>
          ))}
        </p>
      ) : null}
    </section>
  );
}

function SameDay(props: {
  readonly paper: Paper;
  readonly day: string;
  readonly neighbours: readonly DayNeighbour[];
}) {
  const here = props.neighbours.findIndex(({ id }) => id === props.paper.id);
  const before = props.neighbours[here - 1];
  const after = props.neighbours[here + 1];
  const step = (to: DayNeighbour, rel: 'prev' | 'next') => (
    <a rel={rel} href={paperPath(to.id)}>
      <span class="step-word">{rel === 'prev' ? 'Before this' : 'After this'}</span>
      <Line text={clip(to.title, 200)} />
    </a>
  );
  return (
    <section class="same-day" aria-labelledby="same-day">
      <h2 id="same-day">
        Also on <a href={`/date/${props.day}`}>{shortDate(props.day)}</a>
      </h2>
      <nav class="paper-steps" aria-label="Papers of the day">
        {before ? step(before, 'prev') : <span />}
        {after ? step(after, 'next') : <span />}
      </nav>
      <ul>
        {props.neighbours
          .filter((_, i) => Math.abs(i - here) > 1)
          .map(({ id, title }) => (
            <li>
              <a href={paperPath(id)}>
                <Line text={clip(title, 200)} />
              </a>
            </li>
          ))}
      </ul>
    </section>
  );
}

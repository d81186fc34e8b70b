// A paper as it stands in a list.
import type { Listing, PaperCard } from '@offprint/catalogue';
import type { Verdict } from '@offprint/lab/browser';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { clip } from '../maths/clean-text.ts';
import { excerpt } from '../maths/excerpt.ts';
import type { Marks } from '../maths/marked.ts';
import { plainProse } from '../maths/prose.ts';
import { snippet } from '../maths/snippet.ts';
import { compactCount, counted, paperPath, shortDate, utcDay } from './format.ts';
import { Icon } from './icons.tsx';
import { VerdictBadge } from './lab/verdict-badge.tsx';
import { safeHref } from './safe-href.ts';
import { Line, Sentences } from './text.tsx';

const namedAuthors = 5;
const longestTitle = 400;

export interface CardProps {
  readonly paper: PaperCard;
  /** Under which listing the paper stands here; results of a search stand under none. */
  readonly listing?: Listing;
  /** What the lab found, if it tried the paper. */
  readonly verdict?: Verdict | undefined;
  /** Said on the card where a list spans several days. */
  readonly showDay?: boolean;
  /** Address that shows this list with one category only. */
  readonly categoryHref: (category: string) => string;
  /** What was searched: marked in the title, and the abstract is shown where it stands. */
  readonly marks?: Marks | undefined;
  /** More links, behind those of the paper. */
  readonly actions?: Child;
  /** What stands at the end of the card: why it is here. */
  readonly children?: Child;
}

export function Card(props: CardProps) {
  const { paper, marks } = props;
  const href = paperPath(paper.id);
  return (
    <li>
      <article class="card" data-card>
        <Counts paper={paper} />
        <div class="card-body">
          <h2>
            <a href={href} data-open>
              <Line text={clip(paper.title, longestTitle)} marks={marks} />
            </a>
          </h2>
          <Byline {...props} />
          {marks === undefined ? (
            <Summaries paper={paper} href={href} />
          ) : (
            <Found paper={paper} marks={marks} />
          )}
          <CardLinks paper={paper} categoryHref={props.categoryHref} actions={props.actions} />
          {props.children}
        </div>
      </article>
    </li>
  );
}

function Byline({ paper, listing, showDay, verdict }: CardProps) {
  const parts: Child[] = [];
  if (paper.authorCount > 0 || paper.authors.length > 0) parts.push(<Authors paper={paper} />);
  if (paper.publishedAt) {
    const day = utcDay(paper.publishedAt);
    parts.push(<time datetime={day}>{shortDate(day)}</time>);
  }
  if (listing && showDay)
    parts.push(
      <span>
        listed <time datetime={listing.day}>{shortDate(listing.day)}</time>
      </span>,
    );
  if (listing?.announce.endsWith('cross')) parts.push(<span class="flag">cross-list</span>);
  if (listing?.announce.startsWith('replace')) parts.push(<span class="flag">replacement</span>);
  if (paper.withdrawn) parts.push(<span class="flag">withdrawn</span>);
  if (verdict)
    parts.push(
      <a class="verdict-link" href={`${paperPath(paper.id)}#lab`}>
        <VerdictBadge state={verdict} prefix="Claim tried:" />
      </a>,
    );
  return (
    <p class="byline">
      {parts.map((part, i) => (
        <>
          {i > 0 ? ' · ' : ''}
          {part}
        </>
      ))}
    </p>
  );
}

function Counts(props: { readonly paper: PaperCard }) {
  const { upvotes, commentCount } = props.paper;
  return (
    <p class="counts">
      <span class={upvotes === 0 ? 'count none' : 'count'}>
        <Icon name="vote" />
        {compactCount(upvotes)}
        <span class="unseen"> {upvotes === 1 ? 'vote' : 'votes'}</span>
      </span>
      <span class={commentCount === 0 ? 'count none' : 'count'}>
        <Icon name="comment" />
        {compactCount(commentCount)}
        <span class="unseen"> {commentCount === 1 ? 'comment' : 'comments'}</span>
      </span>
    </p>
  );
}

function Authors(props: { readonly paper: PaperCard }) {
  const { authors, authorCount } = props.paper;
  if (authors.length === 0) return authorCount > 0 ? <span>{counted(authorCount, 'author')}</span> : null;
  const shown = authors.slice(0, authors.length <= namedAuthors + 1 ? authors.length : namedAuthors);
  const more = Math.max(authorCount, authors.length) - shown.length;
  return (
    <span class="authors">
      {shown.map((author, i) => (
        <>
          {i > 0 ? ', ' : ''}
          <Line text={clip(author.name, 120)} />
        </>
      ))}
      {more > 0 ? ` and ${counted(more, 'other')}` : ''}
    </span>
  );
}

/** The abstract in the first place; our own summary stays beside it under its own name. */
function Summaries(props: { readonly paper: PaperCard; readonly href: string }) {
  const { paper } = props;
  const ours = paper.summaries.find((summary) => summary.kind === 'ours');
  const upstream = paper.summaries.find((summary) => summary.kind === 'upstream');
  return (
    <>
      {paper.abstract !== null && paper.abstract.trim() !== '' ? (
        <Abstract text={paper.abstract} title={paper.title} href={props.href} />
      ) : null}
      {ours ? (
        <p class="summary">
          <span class="label">Offprint summary</span> <Sentences text={clip(ours.body, 1500)} />
        </p>
      ) : null}
      {upstream && !ours && !paper.abstract ? (
        <p class="summary">
          <span class="label">Summary from the upstream feed</span>{' '}
          <Sentences text={clip(upstream.body, 1500)} />
        </p>
      ) : null}
    </>
  );
}

function Abstract(props: { readonly text: string; readonly title: string; readonly href: string }) {
  const { lead, rest, midSentence, clipped } = excerpt(props.text);
  return (
    <div class="abstract" dir="auto">
      <p>{raw(lead)}</p>
      {rest === '' ? null : (
        <details>
          <summary>
            <span class="closed-word">{midSentence ? '… More' : 'More'}</span>
            <span class="open-word">Less</span>
            <span class="unseen"> of the abstract of {plainProse(props.title, 120)}</span>
          </summary>
          <p>{raw(rest)}</p>
          {clipped ? (
            <p>
              <a href={props.href}>The whole abstract is on the paper's page.</a>
            </p>
          ) : null}
        </details>
      )}
    </div>
  );
}

/** Where the words of a search stand in the abstract, or in the summary of a paper that has none. */
function Found(props: { readonly paper: PaperCard; readonly marks: Marks }) {
  const { paper, marks } = props;
  const ours = paper.summaries.find((summary) => summary.kind === 'ours') ?? paper.summaries[0];
  const hasAbstract = paper.abstract !== null && paper.abstract.trim() !== '';
  const text = hasAbstract ? paper.abstract : ours?.body;
  if (text === undefined || text === null) return null;
  const { part, whole } = snippet(text, marks);
  return (
    <div class="abstract" dir="auto">
      <p>
        {hasAbstract ? null : (
          <>
            <span class="label">
              {ours?.kind === 'ours' ? 'Offprint summary' : 'Summary from the upstream feed'}
            </span>{' '}
          </>
        )}
        {raw(part)}
      </p>
      {whole === undefined ? null : (
        <details>
          <summary>
            <span class="closed-word">Whole {hasAbstract ? 'abstract' : 'summary'}</span>
            <span class="open-word">Less</span>
            <span class="unseen"> of {plainProse(paper.title, 120)}</span>
          </summary>
          <p>{raw(whole)}</p>
        </details>
      )}
    </div>
  );
}

function CardLinks(props: {
  readonly paper: PaperCard;
  readonly categoryHref: (category: string) => string;
  readonly actions: Child | undefined;
}) {
  const { paper } = props;
  const title = plainProse(paper.title, 120);
  const shown = paper.categories.slice(0, 6);
  const hidden = paper.categories.length - shown.length;
  if (shown.length === 0 && paper.links.length === 0 && !props.actions) return null;
  return (
    <p class="card-links">
      {paper.links.map((link) => (
        <OutLink link={link} title={title} />
      ))}
      {shown.map((category) => (
        <a class="category" href={props.categoryHref(category)}>
          {category}
        </a>
      ))}
      {hidden > 0 ? <span>and {counted(hidden, 'more category', 'more categories')}</span> : null}
      {props.actions}
    </p>
  );
}

/** A code or project link; what is no web address is shown as text. */
export function OutLink(props: { readonly link: PaperCard['links'][number]; readonly title: string }) {
  const { link } = props;
  const name = link.kind === 'code' ? 'Code' : 'Project page';
  const href = safeHref(link.url);
  if (href === undefined)
    return (
      <span class="out">
        {name}: {clip(link.url, 80)}
      </span>
    );
  return (
    <a class="out" href={href} rel="nofollow noopener">
      <Icon name={link.kind === 'code' ? 'code' : 'site'} />
      {name}
      <span class="unseen"> of {props.title}</span>
      {link.stars === null ? null : (
        <span class="stars">
          <Icon name="star" />
          {compactCount(link.stars)}
          <span class="unseen"> {link.stars === 1 ? 'star' : 'stars'}</span>
        </span>
      )}
    </a>
  );
}

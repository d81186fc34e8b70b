// A paper as it stands in a list.
import type { FeedEntry, PaperCard } from '@offprint/catalogue';
import type { TrendingReasons } from '@offprint/discovery';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { clip } from '../maths/clean-text.ts';
import { excerpt } from '../maths/excerpt.ts';
import { plainProse } from '../maths/prose.ts';
import { compactCount, counted, longDate, paperPath, shortDate, utcDay } from './format.ts';
import { Icon } from './icons.tsx';
import { safeHref } from './safe-href.ts';
import { Line, Sentences } from './text.tsx';

const namedAuthors = 5;
const longestTitle = 400;

export interface CardProps {
  readonly entry: FeedEntry;
  /** Said on the card where a list spans several days. */
  readonly showDay: boolean;
  /** Address that shows this list with one category only. */
  readonly categoryHref: (category: string) => string;
  readonly why?: TrendingReasons;
}

export function Card(props: CardProps) {
  const { paper, listing } = props.entry;
  const href = paperPath(paper.id);
  return (
    <li>
      <article class="card" data-card>
        <Counts paper={paper} />
        <div class="card-body">
          <h2>
            <a href={href} data-open>
              <Line text={clip(paper.title, longestTitle)} />
            </a>
          </h2>
          <Byline {...props} />
          <Summaries paper={paper} href={href} />
          <CardLinks paper={paper} categoryHref={props.categoryHref} />
          {props.why ? <Why why={props.why} day={listing.day} paper={paper} /> : null}
        </div>
      </article>
    </li>
  );
}

function Byline({ entry: { paper, listing }, showDay }: CardProps) {
  const parts: Child[] = [];
  if (paper.authorCount > 0 || paper.authors.length > 0) parts.push(<Authors paper={paper} />);
  if (paper.publishedAt) {
    const day = utcDay(paper.publishedAt);
    parts.push(<time datetime={day}>{shortDate(day)}</time>);
  }
  if (showDay)
    parts.push(
      <span>
        listed <time datetime={listing.day}>{shortDate(listing.day)}</time>
      </span>,
    );
  if (listing.announce.endsWith('cross')) parts.push(<span class="flag">cross-list</span>);
  if (listing.announce.startsWith('replace')) parts.push(<span class="flag">replacement</span>);
  if (paper.withdrawn) parts.push(<span class="flag">withdrawn</span>);
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

function CardLinks(props: {
  readonly paper: PaperCard;
  readonly categoryHref: (category: string) => string;
}) {
  const { paper } = props;
  const title = plainProse(paper.title, 120);
  const shown = paper.categories.slice(0, 6);
  const hidden = paper.categories.length - shown.length;
  if (shown.length === 0 && paper.links.length === 0) return null;
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

function Why(props: { readonly why: TrendingReasons; readonly day: string; readonly paper: PaperCard }) {
  const { why, paper } = props;
  return (
    <details class="why">
      <summary>
        Why here<span class="unseen">: {plainProse(paper.title, 120)}</span>
      </summary>
      <p>
        {counted(paper.upvotes, 'vote')} and {counted(paper.commentCount, 'comment')} make an attention of{' '}
        {compactCount(why.attention)}, whose base-2 logarithm is {why.interest.toFixed(2)}. Listed on{' '}
        {longDate(props.day)}, {counted(Math.abs(why.ageDays), 'day')} {why.ageDays < 0 ? 'after' : 'before'}{' '}
        the day shown, it loses {why.fading.toFixed(2)}. Score: <strong>{why.score.toFixed(2)}</strong>.{' '}
        <a href="/about/trending">The formula</a>
      </p>
    </details>
  );
}

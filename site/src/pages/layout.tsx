// The frame of every page: head, masthead, footer, and the dialog that lists the keys.
import type { Child } from 'hono/jsx';
import { assetUrl } from '../assets.ts';
import { IconSheet } from './icons.tsx';
import { SearchBox } from './search/search-box.tsx';

export type Section = 'day' | 'week' | 'month' | 'trending' | 'lab' | 'status' | 'about';

export interface PageProps {
  /** Plain text; the site's name is added. */
  readonly title: string;
  readonly description?: string;
  /** Address of this page for search engines, absolute. */
  readonly canonical?: string;
  readonly section?: Section;
  /** More elements for the head. */
  readonly head?: Child;
  /** Pages that search engines should not keep. */
  readonly unlisted?: boolean;
  /** For pages that hold the search box themselves, which stands in the masthead otherwise. */
  readonly ownSearchBox?: boolean;
  readonly children?: Child;
}

const sections: readonly { readonly section: Section; readonly href: string; readonly name: string }[] = [
  { section: 'day', href: '/', name: 'Today' },
  { section: 'week', href: '/week', name: 'Week' },
  { section: 'month', href: '/month', name: 'Month' },
  { section: 'trending', href: '/trending', name: 'Trending' },
  { section: 'lab', href: '/lab', name: 'Lab' },
];

/** A whole page without its doctype; `renderPage` adds that. */
export function Page(props: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{props.title === 'Offprint' ? 'Offprint' : `${props.title} · Offprint`}</title>
        {props.description ? <meta name="description" content={props.description} /> : null}
        {props.unlisted ? <meta name="robots" content="noindex" /> : null}
        {props.canonical ? <link rel="canonical" href={props.canonical} /> : null}
        <link rel="stylesheet" href={assetUrl('style/offprint.css')} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="alternate" type="application/atom+xml" title="Offprint, newest papers" href="/feed.atom" />
        <link
          rel="alternate"
          type="application/feed+json"
          title="Offprint, newest papers"
          href="/feed.json"
        />
        <script type="module" src={assetUrl('client/keyboard.ts')} />
        <script type="module" src={assetUrl('client/suggest.ts')} />
        {props.head}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the papers
        </a>
        <IconSheet />
        <Masthead section={props.section} ownSearchBox={props.ownSearchBox ?? false} />
        <main id="main" tabindex={-1}>
          {props.children}
        </main>
        <Footer />
        <KeysDialog />
      </body>
    </html>
  );
}

function Masthead(props: { readonly section: Section | undefined; readonly ownSearchBox: boolean }) {
  return (
    <header class="masthead">
      <a class="wordmark" href="/" data-home>
        Offprint
      </a>
      <nav aria-label="Feeds">
        {sections.map(({ section, href, name }) => (
          <a
            href={href}
            aria-current={props.section === section ? 'page' : undefined}
            data-trending={section === 'trending' ? true : undefined}
            data-lab={section === 'lab' ? true : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      {props.ownSearchBox ? null : <SearchBox />}
    </header>
  );
}

function Footer() {
  return (
    <footer class="colophon">
      <nav aria-label="About this site">
        <a href="/about">About</a>
        <a href="/topics">Topics</a>
        <a href="/about/search">How to search</a>
        <a href="/about/trending">How trending works</a>
        <a href="/lab/about">How the lab decides</a>
        <a href="/status">Status</a>
      </nav>
    </footer>
  );
}

const keys: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['j, k', 'next, previous paper'],
  ['Enter or o', 'open the paper'],
  ['n or ]', 'later day'],
  ['p or [', 'earlier day'],
  ['g h', 'newest day'],
  ['g t', 'trending'],
  ['g l', 'the lab'],
  ['?', 'show or hide this list'],
];

function KeysDialog() {
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keyboard</h2>
      <dl>
        {keys.map(([key, meaning]) => (
          <div>
            <dt>{key}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}

/** A page as the text of a response. */
export function renderPage(page: { toString(): string | Promise<string> }): string {
  return `<!doctype html>${page}`;
}

// What a reader sees when something cannot be shown: what happened, in one sentence, and where to go on.
import type { Child } from 'hono/jsx';
import { Page, renderPage } from './layout.tsx';

export interface ErrorPageProps {
  readonly status: number;
  /** One plain sentence. */
  readonly message: string;
  readonly children?: Child;
}

const headings: Readonly<Record<number, string>> = {
  400: 'That address is not quite right',
  403: 'Not from there',
  404: 'Nothing here',
  405: 'Not that way',
  413: 'Too much at once',
  414: 'That address is too long',
  429: 'A little slower, please',
  503: 'Not available right now',
};

export function ErrorPage(props: ErrorPageProps) {
  const heading =
    headings[props.status] ?? (props.status >= 500 ? 'Something went wrong here' : 'That did not work');
  return (
    <Page title={heading} unlisted>
      <header class="feed-head">
        <div>
          <p class="kicker">{props.status}</p>
          <h1>{heading}</h1>
        </div>
      </header>
      <div class="notice">
        <p dir="auto">{props.message}</p>
        {props.children}
        <p class="ways">
          <a href="/">Newest papers</a>
          <a href="/trending">Trending</a>
          <a href="/status">Status</a>
        </p>
      </div>
    </Page>
  );
}

/** The error page as the text of a response, for handlers that have only a status and a sentence. */
export function renderErrorPage(status: number, message: string): string {
  return renderPage(<ErrorPage status={status} message={message} />);
}

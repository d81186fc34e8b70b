// Failures as HTTP tells them: a status and one sentence, as a page for people and as {"error": …} for programs.
import { type ErrorCode, OffprintError } from '@offprint/catalogue';
import { HTTPException } from 'hono/http-exception';

/** A refusal that only HTTP knows, such as 405 or 429. `message` is one plain sentence. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.headers = headers;
  }
}

/** What is told about a failure. */
export interface Problem {
  readonly status: number;
  readonly message: string;
  readonly field: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the failure is ours and belongs in the log. */
  readonly ours: boolean;
}

const statusOf: Record<ErrorCode, number> = {
  'bad-input': 400,
  'not-found': 404,
  conflict: 409,
  'not-supported': 501,
  upstream: 502,
  unavailable: 503,
  'data-folder': 503,
  database: 503,
  'damaged-file': 503,
};

/** Turns whatever was thrown into what may be said about it. Nothing of an unexpected error's text is told. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof HttpError)
    return {
      status: error.status,
      message: error.message,
      field: undefined,
      headers: error.headers,
      ours: error.status >= 500,
    };
  if (error instanceof OffprintError) {
    const status = statusOf[error.code];
    return {
      status,
      message: error.message,
      field: error.field,
      headers: status === 503 ? { 'Retry-After': '5' } : {},
      ours: status >= 502,
    };
  }
  if (error instanceof HTTPException && error.status < 500)
    return {
      status: error.status,
      message: sentenceFor(error.status),
      field: undefined,
      headers: {},
      ours: false,
    };
  if (databaseIsAway(error))
    return {
      status: 503,
      message: 'The database does not answer right now: try again in a few seconds.',
      field: undefined,
      headers: { 'Retry-After': '5' },
      ours: true,
    };
  return {
    status: 500,
    message: `Something went wrong on our side: try again, and tell the operator the request id ${requestId} if it stays.`,
    field: undefined,
    headers: {},
    ours: true,
  };
}

function sentenceFor(status: number): string {
  if (status === 413) return 'The request body is too large: send less at once.';
  if (status === 415) return 'This kind of request body is not understood here: send JSON or a form.';
  return 'The request body cannot be read: send well-formed JSON or a form.';
}

/** Lost connections and a server that starts, stops or is full (PostgreSQL classes 08, 53 and 57P). */
function databaseIsAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(?:08|53|57P)/.test(code)) return true;
  if (/^E(?:CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|NOENT|HOSTUNREACH)$/.test(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end|driver has already been destroyed/i.test(
    error.message,
  );
}

/** Draws the page that tells people about a failure. */
export type ErrorPageRenderer = (page: {
  readonly status: number;
  readonly title: string;
  readonly message: string;
  readonly requestId: string;
}) => string | Promise<string>;

/** A heading for a status, in plain words. */
export function titleOf(status: number): string {
  const titles: Record<number, string> = {
    400: 'That cannot be read',
    403: 'That is not allowed',
    404: 'Not found',
    405: 'That cannot be done here',
    409: 'That is in conflict',
    413: 'That is too large',
    414: 'That address is too long',
    429: 'Too many requests',
    501: 'Not here yet',
    503: 'Back in a moment',
  };
  return titles[status] ?? (status < 500 ? 'That did not work' : 'Something went wrong');
}

/** The error page of an app that has no pages of its own. */
export const plainErrorPage: ErrorPageRenderer = ({ status, title, message }) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${title}</title></head><body><main><h1>${title}</h1><p>${escapeMarkup(message)}</p>` +
  `<p><a href="/">Today's papers</a></p><p>${status}</p></main></body></html>`;

/** Text made safe inside HTML or XML, attributes included. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

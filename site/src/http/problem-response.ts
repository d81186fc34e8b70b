// Sends failures: chooses between a page and JSON, and turns a schema's complaint into one sentence.
import { OffprintError } from '@offprint/catalogue';
import type { Context } from 'hono';
import type { z } from 'zod';
import { representationFor } from './accept.ts';
import { type ErrorPageRenderer, plainErrorPage, problemOf, titleOf } from './problem.ts';
import type { SiteEnv } from './request-environment.ts';

/** Answers a request that failed. Programs get `{"error": …}`; people, who ask for HTML, a page. */
export async function problemResponse(
  error: unknown,
  c: Context<SiteEnv>,
  errorPage: ErrorPageRenderer,
): Promise<Response> {
  const { requestId } = c.env;
  const problem = problemOf(error, requestId);
  if (problem.ours) c.env.failure = error;
  const headers = new Headers({ 'Cache-Control': 'no-store', ...problem.headers });
  const { status, message, field } = problem;
  const forPeople = !c.req.path.startsWith('/api/') && representationFor(c.req.header('accept')) === 'html';
  if (!forPeople) {
    headers.set('Content-Type', 'application/json; charset=utf-8');
    const body = JSON.stringify({ error: message, ...(field === undefined ? {} : { field }) });
    return new Response(body, { status, headers });
  }
  headers.set('Content-Type', 'text/html; charset=utf-8');
  const page = { status, title: titleOf(status), message, requestId };
  let body: string;
  try {
    body = await errorPage(page);
  } catch (failure) {
    c.env.failure ??= failure;
    body = await plainErrorPage(page);
  }
  return new Response(body, { status, headers });
}

/**
 * The hook that every documented route calls when its schema refuses the request.
 *
 * @throws OffprintError `bad-input` with the first complaint as a sentence.
 */
export function refuseInvalid(result: {
  readonly success: boolean;
  readonly error?: z.core.$ZodError;
}): undefined {
  if (result.success) return undefined;
  const issue = result.error?.issues[0];
  const field = issue?.path.map(String).join('.');
  throw new OffprintError(
    'bad-input',
    issue?.message ?? 'The request cannot be read: check its parameters.',
    {
      ...(field === undefined || field === '' ? {} : { field }),
    },
  );
}

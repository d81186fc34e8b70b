// Addresses, headers and failures as the HTTP client has them, put into this room's words.
import { OffprintError } from '@offprint/catalogue';
import type { Dispatcher } from 'undici';

export function headerOf(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null)
    throw new OffprintError('bad-input', `${text.slice(0, 200)} is not an address.`, { field: 'url' });
  url.hash = '';
  return url;
}

/** Failures of the connection, which another attempt may not meet: everything undici or a socket raises. */
export function isTransport(error: unknown): boolean {
  if (unwrapped(error) instanceof OffprintError || !(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(?:UND_ERR_|ECONN|EAI_|ENOTFOUND|ETIMEDOUT|EPIPE|EHOST|ENET|ERR_TLS|ERR_SSL|CERT_)/.test(code) ||
    error.name === 'TimeoutError'
  );
}

/** The guard's refusal arrives wrapped when it happened while connecting. */
export function unwrapped(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof OffprintError ? error.cause : error;
}

export function transportError(url: string, error: unknown): OffprintError {
  const why = error instanceof Error ? error.message : String(error);
  return new OffprintError('upstream', `${parseUrl(url).host} could not be read (${why.slice(0, 200)}).`, {
    cause: error,
  });
}

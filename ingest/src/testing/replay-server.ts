// A local server for tests that answers as told: with recordings, with fixtures, and badly on purpose.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

export interface ReplayServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** `127.0.0.1:PORT`, to be allowed. */
  readonly host: string;
  /** Paths with queries, in the order they were asked for. */
  readonly requests: string[];
  readonly headers: IncomingMessage['headers'][];
  /** The most requests that were ever being answered at the same time. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

const firstPort = 4700;
const lastPort = 4799;

/** Starts a server on the first free port of its range; `answer` decides everything. */
export async function startReplayServer(answer: Answer): Promise<ReplayServer> {
  const requests: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    requests.push(request.url ?? '');
    headers.push(request.headers);
    answer(request, response, new URL(request.url ?? '/', 'http://replay.test'));
  });
  for (let port = firstPort + (process.pid % 50); ; port += 1) {
    const listening = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' && port < lastPort ? resolve(false) : reject(error),
      );
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (listening) break;
  }
  server.removeAllListeners('error');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    headers,
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A whole reply. */
export const reply =
  (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/xml; charset=utf-8', ...headers });
    response.end(body);
  };

/** `429` or `503`, with or without `Retry-After`. */
export const overloaded = (status: 429 | 503, retryAfter?: string): Answer =>
  reply(
    'Slow down.',
    { 'content-type': 'text/plain', ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) },
    status,
  );

/** Announces the whole length and closes the connection after a part of it. */
export const truncated =
  (body: string, afterBytes: number): Answer =>
  (_, response) => {
    const bytes = Buffer.from(body);
    response.writeHead(200, { 'content-type': 'application/xml', 'content-length': String(bytes.length) });
    response.write(bytes.subarray(0, afterBytes), () => response.destroy());
  };

/** Ends a complete HTTP reply in the middle of the document. */
export const cutShort = (body: string, afterChars: number): Answer => reply(body.slice(0, afterChars));

/** Resets the connection before any answer. */
export const reset: Answer = (request) => {
  request.socket.resetAndDestroy();
};

/** Sends a byte now and then and never comes to an end. */
export const slowDrip =
  (everyMs: number): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.write('<?xml version="1.0"?>');
    const drip = setInterval(() => response.write(' '), everyMs);
    response.on('close', () => clearInterval(drip));
  };

/** Sends the head of a reply and then nothing. */
export const stalled: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.write('<?xml');
};

export const redirect = (location: string, status = 302): Answer =>
  reply('', { location, 'content-type': 'text/plain' }, status);

/** A small reply that unpacks to a large one. */
export const gzipBomb = (sizeBytes: number): Answer =>
  reply(gzipSync(Buffer.alloc(sizeBytes, 0x20)), { 'content-encoding': 'gzip' });

export const gzipped = (body: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  reply(gzipSync(body), { 'content-encoding': 'gzip', ...headers });

/** Each request gets the next answer; the last one answers all that follow. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let at = 0;
  return (request, response, url) => {
    const answer = answers[Math.min(at, answers.length - 1)];
    at += 1;
    answer?.(request, response, url);
  };
}

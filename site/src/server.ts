// The site on a port: listens, refuses what is no HTTP, and goes down without dropping a request.
import { createServer, type Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { OffprintError } from '@offprint/catalogue';
import type { SiteApp } from './app.ts';
import { siteListener } from './http/listener.ts';

export interface ServerOptions {
  readonly app: SiteApp;
  /** Address to listen on, such as `localhost` or `0.0.0.0`. */
  readonly host: string;
  /** Port to listen on; 0 takes any free one. */
  readonly port: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  readonly url: string;
  /**
   * Stops accepting connections, lets the requests under way finish, answers what still comes on kept-alive
   * connections, and closes those that stay idle. What still runs after `graceMs` is cut off.
   */
  close(graceMs: number): Promise<void>;
}

/**
 * Listens.
 *
 * @throws OffprintError `conflict` when the port is taken, `bad-input` when it or the host cannot be had.
 */
export async function startServer({ app, host, port }: ServerOptions): Promise<RunningServer> {
  const server = createServer(
    { keepAliveTimeout: 65_000, requestTimeout: 60_000, headersTimeout: 20_000, maxHeaderSize: 32 * 1024 },
    siteListener(app),
  );
  server.on('clientError', refuseUnreadable);
  server.on('dropRequest', (_request, socket) => socket.destroy());
  await listen(server, host, port);
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  let closing: Promise<void> | undefined;
  return {
    port: taken,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: (graceMs) => {
      closing ??= closeGracefully(app, server, graceMs);
      return closing;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(sentenceFor(error, host, port)));
    server.listen({ host, port }, resolve);
  });
}

function sentenceFor(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new OffprintError(
      'conflict',
      `Port ${port} is already taken: stop the program that uses it, or choose another with PORT.`,
      { cause: error, field: 'PORT' },
    );
  if (error.code === 'EACCES')
    return new OffprintError(
      'bad-input',
      `Port ${port} needs more rights than this user has: choose one above 1023 with PORT.`,
      { cause: error, field: 'PORT' },
    );
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return new OffprintError(
      'bad-input',
      `This machine has no address ${host}: choose one with HOST, such as localhost or 0.0.0.0.`,
      { cause: error, field: 'HOST' },
    );
  return error;
}

/** How long an idle connection stays open while the server closes: its next request may be on the way. */
const lingerMs = 1_000;

async function closeGracefully(app: SiteApp, server: Server, graceMs: number): Promise<void> {
  app.drain();
  // Answers from now on tell their connection to end, so that kept-alive ones do not linger.
  server.prependListener('request', (_incoming, outgoing) => outgoing.setHeader('Connection', 'close'));
  // An HTTP server's own `close` resets idle connections at once, and with them requests that were already sent.
  const closed = new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
  const startedMs = performance.now();
  const idle = setInterval(() => {
    if (performance.now() - startedMs >= lingerMs) server.closeIdleConnections();
  }, 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

/** Bytes that Node cannot read as HTTP: one sentence, and the connection ends. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, sentence] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [
          '431 Request Header Fields Too Large',
          'The request headers are too large: send fewer or shorter ones.',
        ]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'The request took too long to arrive: send it again.']
        : ['400 Bad Request', 'The request is not readable as HTTP: check its method, address and headers.'];
  const body = JSON.stringify({ error: sentence });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

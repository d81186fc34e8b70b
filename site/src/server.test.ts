// The server on a real port: kept pages, encodings, unreadable bytes, and a shutdown that drops nobody.
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { storePage, watchRevision } from '@offprint/catalogue';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { type RunningServer, startServer } from './server.ts';
import { openTestSite, type TestSite } from './testing/site.ts';

let site: TestSite;
let server: RunningServer;
let closeWatch = async (): Promise<void> => undefined;
let renders = 0;

beforeAll(async () => {
  site = await openTestSite();
  const watch = await watchRevision(site.database.connection);
  closeWatch = () => watch.close();
  const pages = new Hono();
  pages.get('/', (c) => {
    renders += 1;
    return c.html(`<p>${'a page '.repeat(500)}${renders}</p>`);
  });
  const app = createApp(site.deps, { revision: () => watch.current(), pages, rateLimit: false });
  server = await startServer({ app, host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close(1000);
  await closeWatch();
  await site.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function send(path: string, options: RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: server.port, path, agent: false, ...options }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

function sendRaw(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
    socket.setTimeout(3000, () => socket.destroy());
  });
}

const accept = 'text/html';

describe('a kept page', () => {
  it('is the same in every encoding, made once', async () => {
    const plain = await send('/', { headers: { accept } });
    const before = renders;
    for (let i = 0; i < 2; i += 1) {
      const br = await send('/', { headers: { accept, 'accept-encoding': 'gzip, deflate, br' } });
      const gz = await send('/', { headers: { accept, 'accept-encoding': 'gzip' } });
      expect(br.headers['content-encoding']).toBe('br');
      expect(gz.headers['content-encoding']).toBe('gzip');
      expect(brotliDecompressSync(br.body)).toEqual(plain.body);
      expect(gunzipSync(gz.body)).toEqual(plain.body);
      expect(br.headers['content-length']).toBe(String(br.body.byteLength));
      expect(br.headers.etag).toBe(plain.headers.etag);
      expect(br.headers.vary).toMatch(/Accept-Encoding/);
      expect(br.headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect(renders).toBe(before);
  });

  it('gives each request its own id', async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await send('/')).headers['x-request-id']));
    expect(new Set(ids).size).toBe(3);
  });

  it('is 304 for who holds it, and has no body for HEAD', async () => {
    const { headers, body } = await send('/', { headers: { accept } });
    const again = await send('/', { headers: { accept, 'if-none-match': String(headers.etag) } });
    expect([again.status, again.body.byteLength]).toEqual([304, 0]);
    const head = await send('/', { method: 'HEAD', headers: { accept } });
    expect([head.status, head.body.byteLength]).toEqual([200, 0]);
    expect(head.headers['content-length']).toBe(String(body.byteLength));
  });

  it('is made anew as soon as the catalogue has changed', async () => {
    const first = await send('/', { headers: { accept } });
    await storePage(site.deps.db, {
      source: 'import',
      records: [{ id: '2603.00009', title: 'One More Paper' }],
    });
    await expect
      .poll(async () => (await send('/', { headers: { accept } })).headers.etag)
      .not.toBe(first.headers.etag);
  });

  it('is never shown to a reader with a cookie', async () => {
    await send('/', { headers: { accept } });
    const before = renders;
    await send('/', { headers: { accept, cookie: 'session=1' } });
    expect(renders).toBe(before + 1);
  });
});

describe('a request that is no plain GET', () => {
  it('is answered like a GET without the body when it is HEAD, kept or not', async () => {
    for (const path of ['/healthz', '/api/daily_papers', '/robots.txt', '/nowhere']) {
      const [head, get] = [await send(path, { method: 'HEAD' }), await send(path)];
      expect(head.status, path).toBe(get.status);
      expect(head.headers['content-type'], path).toBe(get.headers['content-type']);
      expect(head.body).toHaveLength(0);
    }
  });
  it('may bring a body of unknown length, up to the limit', async () => {
    const post = (body: string): Promise<string> =>
      sendRaw(
        `POST /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
      );
    expect(await post('a=b')).toMatch(/^HTTP\/1\.1 404 /);
    expect(await sendRaw('POST /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 404 /,
    );
  });
});

describe('what is no readable request', () => {
  it.each([
    ['bytes that are no HTTP', '\x16\x03\x01\x02\x00\r\n\r\n', 400],
    [
      'raw bytes in the address',
      Buffer.from('GET /papers/\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'latin1'),
      400,
    ],
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a Host that is none', 'GET /api/papers HTTP/1.1\r\nHost: a b/?#\r\nConnection: close\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    [
      'an absolute address of another scheme',
      'GET ftp://x/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      400,
    ],
  ])('gets a 4xx and no more: %s', async (_what, bytes, status) => {
    const text = await sendRaw(bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text).not.toMatch(/\n\s+at /);
  });

  it('does not end the server', async () => {
    expect((await send('/healthz')).status).toBe(200);
  });

  it('may be OPTIONS for the server as a whole', async () => {
    expect(await sendRaw('OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 [24]\d\d /,
    );
  });
});

describe('starting and stopping', () => {
  it('says which port is taken and what to do', async () => {
    await expect(startServer({ app: site.app, host: '127.0.0.1', port: server.port })).rejects.toThrow(
      `Port ${server.port} is already taken: stop the program that uses it, or choose another with PORT.`,
    );
  });

  it('says which host this machine does not have', async () => {
    await expect(startServer({ app: site.app, host: '192.0.2.1', port: 0 })).rejects.toThrow(
      'This machine has no address 192.0.2.1',
    );
  });

  it('finishes what is under way, then takes no more', async () => {
    const pages = new Hono();
    let entered = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      entered = resolve;
    });
    let finish = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    pages.get('/slow', async (c) => {
      entered();
      await gate;
      return c.text('done');
    });
    const app = createApp(site.deps, { pages });
    const own = await startServer({ app, host: '127.0.0.1', port: 0 });
    const keptAlive = new Agent({ keepAlive: true });
    const slow = send('/slow', { port: own.port, headers: { cookie: 'x=1' }, agent: keptAlive });
    await begun;
    const closed = own.close(60_000);
    await expect(send('/healthz', { port: own.port })).rejects.toThrow();
    expect((await app.request('/readyz')).status).toBe(503);
    finish();
    const answer = await slow;
    expect([answer.status, answer.body.toString()]).toEqual([200, 'done']);
    await closed;
    keptAlive.destroy();
  });

  it('still answers a request that comes on a kept-alive connection, and ends that connection with it', async () => {
    const own = await startServer({ app: createApp(site.deps), host: '127.0.0.1', port: 0 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const before = await send('/healthz', { port: own.port, agent });
    expect(before.headers.connection).toBe('keep-alive');
    const closed = own.close(60_000);
    const after = await send('/healthz', { port: own.port, agent });
    expect([after.status, after.headers.connection]).toEqual([200, 'close']);
    await closed;
    agent.destroy();
  });

  it('cuts off what does not finish in time', async () => {
    const pages = new Hono();
    pages.get('/never', () => new Promise<Response>(() => undefined));
    const own = await startServer({ app: createApp(site.deps, { pages }), host: '127.0.0.1', port: 0 });
    const never = send('/never', { port: own.port });
    const outcome = expect(never).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await own.close(100);
    await outcome;
  });
});

// Our own style sheets and scripts: read once, compressed once when first asked for, named by their content and so never stale.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Hono } from 'hono';
import { chooseEncoding, type Encoding, isCompressible, worthCompressingBytes } from './compression.ts';
import { entityTag } from './conditional.ts';
import type { SiteEnv } from './request-environment.ts';
import { workerSecurityPolicy } from './security-headers.ts';

/** Where the build puts the client's files; the same folder from `src/` and from `dist/`. */
export const builtAssetsFolder = join(import.meta.dirname, '..', '..', 'dist', 'assets');

const mediaTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

interface Asset {
  readonly mediaType: string;
  readonly etag: string;
  /** Whether the name changes with the content. */
  readonly hashed: boolean;
  /** The encodings it is sent in. */
  readonly encodings: readonly Encoding[];
  /** Compressed once. */
  body(encoding: Encoding): Promise<Uint8Array>;
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** As small as can be, for it is made once; which takes a second for a large script, so not before anybody wants it. */
async function compressed(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  if (encoding === 'br') return brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return encoding === 'gzip' ? zip(bytes, { level: 9 }) : bytes;
}

function readAsset(folder: string, name: string): Asset {
  const bytes = readFileSync(join(folder, name));
  const mediaType = mediaTypes[extname(name)] ?? 'application/octet-stream';
  const shrinks = isCompressible(mediaType) && bytes.byteLength >= worthCompressingBytes;
  const bodies = new Map<Encoding, Promise<Uint8Array>>();
  return {
    mediaType,
    etag: entityTag(bytes),
    hashed: /[.-](?=[\w-]*[\dA-Z])[\w-]{8,}\.\w+$/.test(name),
    encodings: shrinks ? ['identity', 'gzip', 'br'] : ['identity'],
    body(encoding) {
      const body = bodies.get(encoding) ?? compressed(bytes, encoding);
      bodies.set(encoding, body);
      return body;
    },
  };
}

/** `/assets/*` from a folder of built files. Every file is read now. */
export function assetRoutes(folder: string = builtAssetsFolder): Hono<SiteEnv> {
  const names = existsSync(folder) ? globSync('**/*.*', { cwd: folder }) : [];
  const assets = new Map<string, Asset>(
    names.map((name) => {
      const path = name.replaceAll('\\', '/');
      return [`/assets/${path}`, readAsset(folder, path)] as const;
    }),
  );
  const app = new Hono<SiteEnv>();
  app.get('/assets/:name{.+}', async (c) => {
    const asset = assets.get(c.req.path);
    if (asset === undefined) return c.notFound();
    const wanted = chooseEncoding(c.req.header('accept-encoding'));
    const encoding = asset.encodings.includes(wanted) ? wanted : 'identity';
    return new Response(new Uint8Array(await asset.body(encoding)), {
      headers: {
        'Content-Type': asset.mediaType,
        ETag: asset.etag,
        'Cache-Control': asset.hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        Vary: 'Accept-Encoding',
        ...(c.req.path.startsWith('/assets/lab-worker-')
          ? { 'Content-Security-Policy': workerSecurityPolicy }
          : {}),
        ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
      },
    });
  });
  return app;
}

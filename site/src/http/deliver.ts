// The last step of every answer made by a route: validators, compression, and no body for HEAD.
import {
  chooseEncoding,
  encodeBytes,
  encodeStream,
  isCompressible,
  worthCompressingBytes,
} from './compression.ts';
import { entityTag, isHeld, notModifiedHeaders } from './conditional.ts';

/** Adds a name to the `Vary` header, once. */
export function vary(headers: Headers, name: string): void {
  const names = (headers.get('vary') ?? '').split(',').map((part) => part.trim().toLowerCase());
  if (!names.includes(name.toLowerCase())) headers.append('Vary', name);
}

/**
 * Makes a route's response ready to be sent: an entity tag and 304 where the client holds it, the encoding it
 * takes, an exact length, and nothing but headers for HEAD.
 *
 * @param streams whether the body is made while it is sent; then it is not gathered, and has no entity tag.
 */
export async function deliver(request: Request, response: Response, streams: boolean): Promise<Response> {
  const { status } = response;
  if (response.body === null || status === 204 || status === 304) return response;
  const headers = new Headers(response.headers);
  const compressible = isCompressible(headers.get('content-type')) && !headers.has('content-encoding');
  if (compressible) vary(headers, 'Accept-Encoding');
  const encoding = compressible ? chooseEncoding(request.headers.get('accept-encoding')) : 'identity';
  const head = request.method === 'HEAD';

  if (streams) {
    if (encoding !== 'identity') headers.set('Content-Encoding', encoding);
    if (!head) return new Response(encodeStream(response.body, encoding), { status, headers });
    await response.body.cancel();
    return new Response(null, { status, headers });
  }

  const bytes = new Uint8Array(await response.arrayBuffer());
  const readable = request.method === 'GET' || head;
  if (status === 200 && readable) {
    const etag = headers.get('etag') ?? entityTag(bytes);
    headers.set('ETag', etag);
    if (isHeld(request.headers.get('if-none-match'), etag))
      return new Response(null, { status: 304, headers: notModifiedHeaders(headers) });
  }
  const shrinks = encoding !== 'identity' && bytes.byteLength >= worthCompressingBytes;
  const body = shrinks ? await encodeBytes(bytes, encoding, 'once') : bytes;
  if (shrinks) headers.set('Content-Encoding', encoding);
  headers.set('Content-Length', String(body.byteLength));
  return new Response(head ? null : new Uint8Array(body), { status, headers });
}

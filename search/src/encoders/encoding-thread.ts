// An encoder on a thread of its own, so that encoding much never holds up whoever asks for it.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { SearchError } from '../errors.ts';
import type { Encoder } from './encoder.ts';
import { type EncoderSpec, type EncodingRequest, replySchema } from './encoding-protocol.ts';

interface Waiting {
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: SearchError) => void;
}

/**
 * Starts a thread and opens an encoder on it. Requests are answered one after another: for queries, which must not
 * wait for a bulk, open another encoder.
 *
 * @throws SearchError as opening the encoder does.
 */
export async function startEncodingThread(spec: EncoderSpec): Promise<Encoder> {
  const worker = new Worker(new URL(`./encoding-worker${extname(import.meta.filename)}`, import.meta.url), {
    workerData: spec,
  });
  const waiting = new Map<number, Waiting>();
  const send = (request: EncodingRequest): void => worker.postMessage(request);
  const opened = Promise.withResolvers<{ name: string; fingerprint: string; dimensions: number }>();
  const ended = Promise.withResolvers<void>();
  let requests = 0;
  let isOver = false;

  const end = (error: SearchError): void => {
    isOver = true;
    opened.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    ended.resolve();
  };
  worker.on('message', (message: unknown) => {
    const reply = replySchema.parse(message);
    if (reply.kind === 'open') opened.resolve(reply);
    else if (reply.kind === 'encoded') settle(reply.id)?.resolve(reply.vectors);
    else {
      const error = new SearchError(reply.failure.code, reply.failure.message);
      if (reply.id === undefined) opened.reject(error);
      else settle(reply.id)?.reject(error);
    }
  });
  worker.on('error', (cause) =>
    end(new SearchError('unavailable', 'The encoding thread failed; start it again.', { cause })),
  );
  worker.on('exit', () => end(closedError()));

  function settle(id: number): Waiting | undefined {
    const request = waiting.get(id);
    waiting.delete(id);
    return request;
  }

  const { name, fingerprint, dimensions } = await opened.promise;
  return {
    name,
    fingerprint,
    dimensions,
    async encode(texts) {
      if (isOver) throw closedError();
      const request = Promise.withResolvers<Float32Array>();
      requests += 1;
      waiting.set(requests, request);
      send({ kind: 'encode', id: requests, texts: [...texts] });
      return request.promise;
    },
    async close() {
      if (!isOver) send({ kind: 'close' });
      await ended.promise;
    },
  };
}

function closedError(): SearchError {
  return new SearchError('unavailable', 'The encoding thread has ended; start it again.');
}

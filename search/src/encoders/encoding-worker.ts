// The inside of the encoding thread: opens one encoder and encodes what it is asked to, one request after another.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import {
  describeFailure,
  type EncodingReply,
  encoderSpecSchema,
  requestSchema,
} from './encoding-protocol.ts';
import { openEncoder } from './open-encoder.ts';

async function serve(port: MessagePort): Promise<void> {
  const reply = (message: EncodingReply, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  const encoder = await openEncoder(encoderSpecSchema.parse(workerData));
  let turn: Promise<void> = Promise.resolve();
  port.on('message', (message: unknown) => {
    const request = requestSchema.parse(message);
    turn = turn.then(async () => {
      if (request.kind === 'close') {
        await encoder.close();
        port.close();
        return;
      }
      try {
        const vectors = await encoder.encode(request.texts);
        const { buffer } = vectors;
        reply({ kind: 'encoded', id: request.id, vectors }, buffer instanceof ArrayBuffer ? [buffer] : []);
      } catch (error) {
        reply({ kind: 'failed', id: request.id, failure: describeFailure(error) });
      }
    });
  });
  const { name, fingerprint, dimensions } = encoder;
  reply({ kind: 'open', name, fingerprint, dimensions });
}

const port = parentPort;
if (port !== null)
  serve(port).catch((error: unknown) => {
    const message: EncodingReply = { kind: 'failed', failure: describeFailure(error) };
    port.postMessage(message);
    port.close();
  });

// The inside of the engine's thread: opens one engine and answers calls until it is closed.
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { encoderSpecSchema } from '../encoders/encoding-protocol.ts';
import { giveBackMemory } from '../threads/give-back-memory.ts';
import { answerCalls } from '../threads/remote.ts';
import { type OpenedEngine, openEngine } from './engine.ts';
import type { EngineThreadCalls } from './engine-thread.ts';

const optionsSchema = z.object({
  folder: z.string().optional(),
  writes: z.boolean(),
  encoder: encoderSpecSchema.optional(),
});

function open(): Promise<OpenedEngine> {
  const { folder, writes, encoder } = optionsSchema.parse(workerData);
  return openEngine({ folder, writes, encoder });
}

const port = parentPort;
if (port !== null) {
  const opening = open();
  // Whoever calls first is told of a failure; nobody need have called yet. What was read from disk is garbage by now.
  opening.then(() => giveBackMemory(0)).catch(() => undefined);
  const engine = async () => (await opening).engine;
  const methods: EngineThreadCalls = {
    problem: async () => (await opening).problem,
    cursor: async () => (await engine()).cursor(),
    apply: async (changes) => (await engine()).apply(changes),
    clear: async () => (await engine()).clear(),
    search: async (request) => (await engine()).search(request),
    similar: async (request) => (await engine()).similar(request),
    complete: async (text, limit) => (await engine()).complete(text, limit),
    missing: async (limit) => (await engine()).missing(limit),
    encode: async (papers) => (await engine()).encode(papers),
    changeEncoder: async (spec) => (await engine()).changeEncoder(spec),
    status: async () => (await engine()).status(),
    snapshot: async () => {
      await (await engine()).snapshot();
      // What filled or encoded the index is over when it is saved.
      giveBackMemory();
    },
    stopWriting: async () => (await engine()).stopWriting(),
    close: async () => {
      await (await engine()).close();
      // The answer goes out first; then nothing keeps the thread alive.
      setImmediate(() => port.close());
    },
  };
  answerCalls(port, { ...methods });
}

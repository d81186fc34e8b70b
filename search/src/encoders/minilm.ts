// all-MiniLM-L6-v2, offline: texts to vectors of 384 numbers and length 1, by the model that the build exports.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { builtFile } from '../built-file.ts';
import { SearchError } from '../errors.ts';
import type { Encoder } from './encoder.ts';
import { miniLmShape } from './minilm-export/bert-graph.ts';
import { miniLmFile, readMiniLmVocabulary } from './minilm-package.ts';
import { batchByLength, type TokenBatch } from './token-batches.ts';
import { WordPiece } from './word-piece.ts';

export interface MiniLmOptions {
  /** Threads of the matrix products; 1 unless given. */
  readonly threads?: number;
  /** The model's bytes; unless given, the eight-bit model that the build wrote. */
  readonly model?: Uint8Array;
}

/** What the model was made for: longer texts are cut. Counted in pieces, the two special ones included. */
export const miniLmLongest = 256;

/** Changes when texts become vectors in another way though model and vocabulary stay. */
const poolingVersion = 'mean over tokens, length 1, 256 tokens, v1';

/** Tokens computed at once: few enough to stay in the processor's cache, enough to fill its matrix units. */
const tokensPerBatch = 2048;

/**
 * Opens the encoder. Its work blocks the thread that calls it: see `startEncodingThread` for one that does not.
 *
 * @throws SearchError `unavailable` when the model was not built, `damaged-file` when it cannot be read.
 */
export async function openMiniLm(options: MiniLmOptions = {}): Promise<Encoder> {
  const model = options.model ?? (await readModel());
  const wordPiece = new WordPiece(readMiniLmVocabulary());
  const session = await openSession(model, options.threads ?? 1);
  const fingerprint = createHash('sha256')
    .update(model)
    .update(await readFile(miniLmFile('tokenizer.json')))
    .update(poolingVersion)
    .digest('hex')
    .slice(0, 16);
  return {
    name: 'minilm',
    fingerprint,
    dimensions: miniLmShape.width,
    async encode(texts) {
      const vectors = new Float32Array(texts.length * miniLmShape.width);
      const encoded = texts.map((text) => wordPiece.encode(text, miniLmLongest));
      for (const batch of batchByLength(encoded, tokensPerBatch)) {
        const rows = await run(session, batch);
        for (const [row, text] of batch.texts.entries())
          vectors.set(
            rows.subarray(row * miniLmShape.width, (row + 1) * miniLmShape.width),
            text * miniLmShape.width,
          );
      }
      return vectors;
    },
    close: () => session.release(),
  };
}

async function readModel(): Promise<Uint8Array> {
  try {
    return await readFile(builtFile('models/minilm-int8.onnx'));
  } catch (cause) {
    throw new SearchError('unavailable', 'The encoder has not been built; run npm run build.', { cause });
  }
}

async function openSession(model: Uint8Array, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(model, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Every batch has another shape: what an arena or a pattern would keep for the next one is never used.
      enableCpuMemArena: false,
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
  } catch (cause) {
    throw new SearchError(
      'damaged-file',
      'The encoder cannot be read; delete search/dist/models and run npm run build.',
      {
        cause,
      },
    );
  }
}

async function run(
  session: InferenceSession,
  { ids, mask, texts, width }: TokenBatch,
): Promise<Float32Array> {
  const shape = [texts.length, width];
  const { vectors } = await session.run({
    ids: new Tensor('int32', ids, shape),
    mask: new Tensor('int32', mask, shape),
  });
  if (!(vectors?.data instanceof Float32Array))
    throw new SearchError(
      'damaged-file',
      'The encoder is not of this version; delete search/dist/models and run npm run build.',
    );
  return vectors.data;
}

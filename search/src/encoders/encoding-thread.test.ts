import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtFile } from '../built-file.ts';
import { startEncodingThread } from './encoding-thread.ts';
import { openMiniLm } from './minilm.ts';
import { saveStaticEncoder, staticEncoderFrom } from './static-encoder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-thread-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const student = () =>
  staticEncoderFrom({
    name: 'student',
    vocabulary: { pieces: ['[UNK]', '[CLS]', '[SEP]', 'heads', 'loss'], unknown: 0, first: 1, last: 2 },
    words: [],
    dimensions: 2,
    vectors: Float32Array.of(1, 1, 0, 0, 0, 0, 1, 0, 0, 1),
    weights: Float32Array.of(1, 1, 1, 1, 1),
  });

describe('an encoder on a thread of its own', () => {
  it('is the encoder it was started as', async () => {
    const encoder = student();
    const file = join(folder, 'student');
    await saveStaticEncoder(encoder, file);
    const thread = await startEncodingThread({ encoder: 'static', file });
    expect(thread).toMatchObject({ name: 'student', fingerprint: encoder.fingerprint, dimensions: 2 });
    const answers = await Promise.all([
      thread.encode(['heads', 'loss']),
      thread.encode([]),
      thread.encode(['loss']),
    ]);
    expect(answers).toEqual([
      await encoder.encode(['heads', 'loss']),
      new Float32Array(),
      await encoder.encode(['loss']),
    ]);
    await thread.close();
    await thread.close();
    await expect(thread.encode(['heads'])).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('says why it cannot be started', async () => {
    const file = join(folder, 'damaged');
    writeFileSync(file, 'no encoder');
    await expect(startEncodingThread({ encoder: 'static', file })).rejects.toMatchObject({
      name: 'SearchError',
      code: 'damaged-file',
    });
    await expect(
      startEncodingThread({ encoder: 'static', file: join(folder, 'none') }),
    ).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it.skipIf(!existsSync(builtFile('models/minilm-int8.onnx')))(
    'runs the model that the build wrote (skipped before a build)',
    async () => {
      const [thread, here] = [await startEncodingThread({ encoder: 'minilm' }), await openMiniLm()];
      expect(thread.fingerprint).toBe(here.fingerprint);
      expect(await thread.encode(['Heads that nobody misses'])).toEqual(
        await here.encode(['Heads that nobody misses']),
      );
      await Promise.all([thread.close(), here.close()]);
    },
  );
});

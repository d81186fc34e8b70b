// Makes what the search room needs beside its compiled sources: the encoder's model and its WebAssembly.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import wabt from 'wabt';
import { builtFile } from '../search/src/built-file.ts';
import { buildMiniLm } from '../search/src/encoders/minilm-export/bert-graph.ts';
import { readSafetensors } from '../search/src/encoders/minilm-export/safetensors.ts';
import { miniLmFile } from '../search/src/encoders/minilm-package.ts';

const sources = join(import.meta.dirname, '..', 'search', 'src');

/** Writes the eight-bit model, unless it is there and made of the same weights by the same exporter. */
async function buildEncoder(): Promise<void> {
  const weights = readFileSync(miniLmFile('model.fp16.safetensors'));
  const exporter = globSync('encoders/minilm-export/*.ts', { cwd: sources })
    .filter((file) => !file.endsWith('.test.ts'))
    .sort()
    .map((file) => readFileSync(join(sources, file)));
  await writeWhenStale(builtFile('models/minilm-int8.onnx'), [...exporter, weights], async () =>
    buildMiniLm(readSafetensors(weights), 'int8'),
  );
}

/** Assembles what is written in WebAssembly. */
async function buildWasm(): Promise<void> {
  for (const file of globSync('**/*.wat', { cwd: sources })) {
    const text = readFileSync(join(sources, file), 'utf8');
    await writeWhenStale(builtFile(file.replace(/wat$/, 'wasm')), [Buffer.from(text)], async () => {
      const tools = await wabt();
      const module = tools.parseWat(file, text, { simd: true });
      module.validate();
      return module.toBinary({}).buffer;
    });
  }
}

/** Writes a file whole or not at all, and beside it the fingerprint of what it was made of. */
async function writeWhenStale(
  file: string,
  madeOf: readonly Uint8Array[],
  make: () => Promise<Uint8Array>,
): Promise<void> {
  const hash = createHash('sha256');
  for (const bytes of madeOf) hash.update(`${bytes.byteLength}:`).update(bytes);
  const fingerprint = hash.digest('hex');
  const stamp = `${file}.stamp`;
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, await make());
  renameSync(`${file}.new`, file);
  writeFileSync(stamp, fingerprint);
}

if (import.meta.main) {
  await buildEncoder();
  await buildWasm();
}

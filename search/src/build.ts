// Makes what this room needs beside its compiled sources: the encoder's model and the compiled scan. Run by the build.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtFile } from './built-file.ts';
import { buildMiniLm } from './encoders/minilm-export/bert-graph.ts';
import { readSafetensors } from './encoders/minilm-export/safetensors.ts';
import { miniLmFile } from './encoders/minilm-package.ts';

/** Writes the eight-bit model, unless it is there and made of the same weights by the same exporter. */
function buildEncoder(): void {
  const sources = join(import.meta.dirname, 'encoders', 'minilm-export');
  const weights = readFileSync(miniLmFile('model.fp16.safetensors'));
  const exporter = globSync('*.ts', { cwd: sources })
    .filter((file) => !file.endsWith('.test.ts'))
    .sort()
    .map((file) => readFileSync(join(sources, file)));
  writeWhenStale(builtFile('models/minilm-int8.onnx'), [...exporter, weights], () =>
    buildMiniLm(readSafetensors(weights), 'int8'),
  );
}

/** Writes a file whole or not at all, and beside it the fingerprint of what it was made of. */
function writeWhenStale(file: string, madeOf: readonly Uint8Array[], make: () => Uint8Array): void {
  const hash = createHash('sha256');
  for (const bytes of madeOf) hash.update(`${bytes.byteLength}:`).update(bytes);
  const fingerprint = hash.digest('hex');
  const stamp = `${file}.stamp`;
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, make());
  renameSync(`${file}.new`, file);
  writeFileSync(stamp, fingerprint);
}

if (import.meta.main) buildEncoder();

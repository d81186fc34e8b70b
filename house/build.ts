// Builds every room, and does nothing when nothing changed: `npm start` calls it each time.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const stampFile = join(root, '.cache', 'build');

/** SHA-256 over the path and bytes of every source file and of what decides how it is compiled. */
function sourceFingerprint(): string {
  const files = globSync(
    [
      '*/src/**/*.{ts,tsx,css,wat}',
      'house/*.ts',
      'bench/**/*.ts',
      'tsconfig*.json',
      '*/tsconfig.json',
      '*/package.json',
      'package-lock.json',
      '*/vite.config.ts',
    ],
    { cwd: root },
  )
    .filter((file) => !file.includes('node_modules'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/** Compiles the rooms and bundles the islands, unless the sources are those of the last build. Ends the process when that fails. */
export function buildWhenStale(): void {
  const fingerprint = sourceFingerprint();
  const results = [
    'cli/dist/offprint.js',
    'search/dist/models/minilm-int8.onnx',
    'search/dist/vectors/scan.wasm',
    'search/dist/encoders/sum-rows.wasm',
    'lab/dist/experiments/fingerprints.json',
  ];
  const isBuilt = results.every((file) => existsSync(join(root, file))) && existsSync(stampFile);
  if (isBuilt && readFileSync(stampFile, 'utf8') === fingerprint) return;
  const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
  try {
    execFileSync(bin('tsc'), ['-b', '--pretty'], { cwd: root, stdio: 'inherit' });
    execFileSync(process.execPath, [join('house', 'build-search.ts')], { cwd: root, stdio: 'inherit' });
    execFileSync(process.execPath, [join('house', 'build-lab.ts')], { cwd: root, stdio: 'inherit' });
    if (existsSync(join(root, 'site', 'vite.config.ts')))
      execFileSync(bin('vite'), ['build', '--logLevel', 'warn'], {
        cwd: join(root, 'site'),
        stdio: 'inherit',
      });
  } catch {
    process.exit(1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, fingerprint);
}

if (import.meta.main) buildWhenStale();

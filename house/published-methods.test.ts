// What `npm publish` would send of the methods works outside the house: its README's example compiles and runs there.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
/** A project that has the package and the array library, and nothing else of the house. */
let project: string;
let packed: string[];

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'offprint-published-'));
  const tarball = execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', project], {
    cwd: join(root, 'methods'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  packed = execFileSync('tar', ['-tzf', join(project, tarball)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const scope = join(project, 'node_modules', '@offprint');
  mkdirSync(join(scope, 'methods'), { recursive: true });
  execFileSync('tar', ['-xzf', join(project, tarball), '--strip-components=1', '-C', join(scope, 'methods')]);
  symlinkSync(join(root, 'node_modules', '@jax-js'), join(project, 'node_modules', '@jax-js'));
  const readme = readFileSync(join(scope, 'methods', 'README.md'), 'utf8');
  writeFileSync(join(project, 'example.ts'), /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  const compilerOptions = {
    target: 'es2025',
    lib: ['es2025', 'dom'],
    module: 'nodenext',
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    outDir: 'out',
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['example.ts'] }));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the published methods', () => {
  it('hold code, types, sources, licence and README, and no tests', () => {
    const has = (file: string): boolean => packed.includes(`package/${file}`);
    expect(
      ['dist/index.js', 'dist/index.d.ts', 'src/index.ts', 'LICENSE', 'README.md'].filter((f) => !has(f)),
    ).toEqual([]);
    expect(packed.filter((file) => /\.test\.|\/testing\/|tsbuildinfo/.test(file))).toEqual([]);
  });

  it('depend on the array library alone', () => {
    const { dependencies, private: isPrivate } = JSON.parse(
      readFileSync(join(root, 'methods/package.json'), 'utf8'),
    );
    expect(Object.keys(dependencies)).toEqual(['@jax-js/jax']);
    expect(isPrivate).toBeUndefined();
  });

  it('train the network of their README, with types that a strict compiler accepts', () => {
    execFileSync(bin('tsc'), ['-p', project], { stdio: 'inherit' });
    const output = execFileSync(process.execPath, [join(project, 'out', 'example.js')], { encoding: 'utf8' });
    const losses = [...output.matchAll(/after \d+ steps (\d\.\d+)/g)].map(([, loss]) => Number(loss));
    expect(losses).toHaveLength(3);
    expect(losses[2]).toBeLessThan(0.3);
  });
});

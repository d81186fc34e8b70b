#!/usr/bin/env node
// Starts the `offprint` command with the project's own Node, whichever Node found this file, and built from the current sources.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const ownNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const requiredMajor = 26;

if (Number(process.versions.node.split('.')[0]) < requiredMajor) {
  if (!existsSync(ownNode)) {
    process.stderr.write(`Offprint runs on Node ${requiredMajor}, which "npm ci" brings: run it first.\n`);
    process.exit(1);
  }
  const { status, signal } = spawnSync(ownNode, process.argv.slice(1), { stdio: 'inherit' });
  process.exit(status ?? (signal === null ? 1 : 130));
}

const build = join(root, 'house', 'build.ts');
const program = join(root, 'cli', 'dist', 'offprint.js');
// A checkout is rebuilt when it changed, which takes a moment; other commands only need that it was built once.
if (existsSync(build) && (process.argv[2] === 'serve' || !existsSync(program))) {
  const { buildWhenStale } = await import(pathToFileURL(build).href);
  buildWhenStale();
}
const { main } = await import(pathToFileURL(program).href);
await main(process.argv);

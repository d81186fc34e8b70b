#!/usr/bin/env node
// Starts the `offprint` command with the project's own Node, whichever Node found this file, and built from the current sources.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
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
  process.exit(await runWithOwnNode());
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

/** Runs this file again with the Node beside it, and dies as it dies: a signal to us is meant for it. */
function runWithOwnNode() {
  const child = spawn(ownNode, process.argv.slice(1), { stdio: 'inherit' });
  for (const name of ['SIGTERM', 'SIGHUP', 'SIGINT'])
    process.on(name, () => {
      // A terminal sends Ctrl-C to both of us; twice would mean "at once".
      if (name !== 'SIGINT' || !process.stdin.isTTY) child.kill(name);
    });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`Node ${requiredMajor} could not be started (${error.message}): run "npm ci".\n`);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

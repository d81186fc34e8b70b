// How long a newcomer waits: from the clone to the first page, and from `npm start` to the first byte afterwards.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, repository } from './offprint-process.ts';

const port = 4077;

/** Clone, `npm ci` from a warm cache, `npm start`, first page; then three warm starts. The peer is `npm ci` alone. */
export async function benchStart(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'offprint-bench-'));
  const clone = join(folder, 'offprint');
  try {
    const begin = performance.now();
    execFileSync('git', ['clone', '--quiet', repository, clone]);
    const beforeInstall = performance.now();
    execFileSync('npm', ['ci', '--silent', '--offline'], { cwd: clone, stdio: 'ignore' });
    const installed = performance.now();
    const first = await startAndAsk(clone, installed);
    const total = (installed - begin + first) / 1000;
    const install = (installed - beforeInstall) / 1000;
    process.stdout.write(
      `clone to first page    ${total.toFixed(1)} s (npm ci ${install.toFixed(1)} s of it, offline; ratio to npm ci alone ${(total / install).toFixed(2)})\n`,
    );
    const warm: number[] = [];
    for (let run = 0; run < 3; run += 1) warm.push(await startAndAsk(clone, performance.now()));
    process.stdout.write(
      `npm start to first byte ${median(warm).toFixed(0)} ms (${warm.map((ms) => ms.toFixed(0)).join(', ')})\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from `since` until `/` has answered. */
async function startAndAsk(clone: string, since: number): Promise<number> {
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...process.env, PORT: String(port), OFFPRINT_INGEST: 'off', OFFPRINT_DATA: 'data' },
    stdio: 'ignore',
  });
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (response?.ok) {
      const elapsed = performance.now() - since;
      await response.arrayBuffer();
      child.kill('SIGTERM');
      await once(child, 'close');
      return elapsed;
    }
    if (child.exitCode !== null) throw new Error('npm start ended before it answered');
    await sleep(10);
  }
}

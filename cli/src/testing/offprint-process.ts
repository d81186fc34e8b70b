// The built command as a process of its own, for tests that start, stop and kill it.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'offprint.js');

/** What a finished command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface OffprintProcess {
  readonly child: ChildProcess;
  /** Everything written so far. */
  readonly output: () => string;
  readonly finished: Promise<Finished>;
}

/** Starts `offprint` with arguments and environment; nothing is fetched unless the test says so. */
export function offprint(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): OffprintProcess {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(OFFPRINT_|DATABASE_URL|PORT|HOST|VITEST|NODE_OPTIONS)/.test(name),
    ),
  );
  const child = spawn(process.execPath, [launcher, ...args], {
    env: { ...inherited, OFFPRINT_INGEST: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, output: () => stdout + stderr, finished };
}

/** Starts `offprint serve` and waits for its first answer. */
export async function serve(
  environment: Readonly<Record<string, string>>,
): Promise<OffprintProcess & { readonly url: string }> {
  const port = await freePort();
  const server = offprint(['serve'], { PORT: String(port), ...environment });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (server.child.exitCode !== null) break;
    const answered = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return { ...server, url };
    await sleep(50);
  }
  throw new Error(`The server did not start: ${server.output()}`);
}

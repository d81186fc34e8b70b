// The built command under measurement: started on a folder of its own, watched for its memory, stopped at the end.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../cli/src/testing/free-port.ts';

export const repository = join(import.meta.dirname, '..');
const launcher = join(repository, 'cli', 'bin', 'offprint.js');

/** The project's own data, beside the checkout or where OFFPRINT_SHARED says. */
export const sharedData = join(process.env.OFFPRINT_SHARED ?? join(repository, '..', 'shared'), 'data');

/** A folder for one benchmark, which the database's own user may enter when root measures. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'offprint-bench-'));
  await chmod(folder, 0o755);
  return folder;
}

export function startOffprint(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(process.execPath, [launcher, ...args], {
    env: {
      ...process.env,
      OFFPRINT_INGEST: 'off',
      OFFPRINT_RATE_LIMIT: 'off',
      OFFPRINT_LOG_LEVEL: 'silent',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Runs a command to its end. @returns wall seconds and the peak resident memory of its process in bytes. */
export async function runOffprint(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ seconds: number; peakBytes: number }> {
  const start = performance.now();
  const child = startOffprint(args, environment);
  let peakBytes = 0;
  const watching = setInterval(() => {
    peakBytes = Math.max(peakBytes, memoryBytes(child.pid, 'VmHWM'));
  }, 100);
  const [code] = await once(child, 'close');
  clearInterval(watching);
  if (code !== 0) throw new Error(`offprint ${args.join(' ')} ended with ${code}`);
  return { seconds: (performance.now() - start) / 1000, peakBytes };
}

/** Starts `offprint serve`. @returns the process, its address, and the milliseconds to the first byte of `/`. */
export async function serveOffprint(
  environment: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; url: string; firstByteMs: number }> {
  const port = await freePort();
  const start = performance.now();
  const child = startOffprint(['serve'], { PORT: String(port), ...environment });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) {
      const firstByteMs = performance.now() - start;
      await response.arrayBuffer();
      return { child, url, firstByteMs };
    }
    if (child.exitCode !== null) throw new Error('the server ended before it answered');
    await sleep(10);
  }
}

export async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'close');
}

/** A figure of `/proc/PID/status` in bytes; 0 where there is none. */
export function memoryBytes(pid: number | undefined, field: 'VmHWM' | 'VmRSS'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** What a process has computed so far, in milliseconds of all its threads; 0 where there is none. */
export function cpuTimeMs(pid: number | undefined): number {
  try {
    // The name in parentheses may hold anything; user and system time are the 12th and 13th field behind it, in hundredths.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
  } catch {
    return 0;
  }
}

/** Proportional resident memory, in bytes, of the processes whose command line holds a text and of their children. */
export function memoryOfTree(text: string): number {
  const read = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      // It has ended meanwhile.
      return '';
    }
  };
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const roots = new Set(pids.filter((pid) => read(pid, 'cmdline').includes(text)));
  const tree = pids.filter(
    (pid) => roots.has(pid) || roots.has(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1] ?? ''),
  );
  return tree.reduce(
    (sum, pid) => sum + 1024 * Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0),
    0,
  );
}

/** Middle of the sorted values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

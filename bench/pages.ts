// Requests per second and latencies of the feed page and the API at three sizes of the catalogue, against a peer.
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import {
  median,
  memoryBytes,
  memoryOfTree,
  runOffprint,
  scratchFolder,
  serveOffprint,
  stop,
} from './offprint-process.ts';
import { writePapersFile } from './papers-file.ts';

const sizes = [39, 10_000, 126_000];
const rounds = 3;
const roundSeconds = 4;

interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly failures: number;
}

/**
 * For each size: the feed page and the API under 16 connections, in rounds that alternate with the peer named by
 * OFFPRINT_BENCH_PEER (the address of a running arxiv-sanity-lite with as many papers); page weight; renders of
 * pages nobody asked for before; memory of the idle service.
 */
export async function benchPages(): Promise<void> {
  const peer = process.env.OFFPRINT_BENCH_PEER;
  const folder = await scratchFolder();
  try {
    for (const size of sizes) {
      const environment = { OFFPRINT_DATA: join(folder, `data-${size}`) };
      if (size > 39) {
        const file = join(folder, `${size}.jsonl`);
        await writePapersFile(file, size);
        await runOffprint(['import', file], environment);
      }
      const { child, url } = await serveOffprint(environment);
      process.stdout.write(`\n${size} papers\n`);
      const pages: [string, string][] = [
        ['newest day', `${url}/`],
        ['a full page of cards', (await fetch(`${url}/month`)).url],
        ['/api/daily_papers', `${url}/api/daily_papers`],
      ];
      for (const [name, address] of pages) {
        const ours: Load[] = [];
        const theirs: Load[] = [];
        for (let round = 0; round < rounds; round += 1) {
          ours.push(await load(address, 16));
          // The peer renders in one thread at a time; more connections only queue.
          if (peer !== undefined) theirs.push(await load(peer, 4));
        }
        print(name, ours, theirs);
      }
      await printRenders(url);
      await printWeight((await fetch(`${url}/month`)).url);
      process.stdout.write(
        `  idle memory          ${megabytes(memoryBytes(child.pid, 'VmRSS'))} node, ${megabytes(memoryOfTree(environment.OFFPRINT_DATA))} PostgreSQL (proportional)\n`,
      );
      await stop(child);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

/** Prints what the summary of wrk leaves out: the percentiles and failures this benchmark names. */
const wrkReport = `done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(95),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
`;

/** Loads an address with wrk where it is installed: a generator written in JavaScript cannot keep up with 40 kB pages. */
async function load(address: string, connections: number): Promise<Load> {
  const script = join(tmpdir(), `offprint-bench-${process.pid}.lua`);
  await writeFile(script, wrkReport);
  try {
    const { stdout } = await promisify(execFile)('wrk', [
      '-t1',
      `-c${connections}`,
      `-d${roundSeconds}`,
      '-H',
      'Accept-Encoding: br',
      '-s',
      script,
      address,
    ]);
    const [requests = 0, microseconds = 1, p50 = 0, p95 = 0, failures = 0] = (
      /^RESULT (.*)$/m.exec(stdout)?.[1] ?? ''
    )
      .split(' ')
      .map(Number);
    return { perSecond: requests / (microseconds / 1e6), p50: p50 / 1000, p95: p95 / 1000, failures };
  } catch {
    return loadFromHere(address, connections);
  } finally {
    await rm(script, { force: true });
  }
}

async function loadFromHere(address: string, connections: number): Promise<Load> {
  const result = await autocannon({
    url: address,
    connections,
    duration: roundSeconds,
    headers: { 'accept-encoding': 'br' },
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p95: (result.latency.p90 + result.latency.p97_5) / 2,
    failures: result.non2xx + result.errors,
  };
}

function print(name: string, ours: readonly Load[], theirs: readonly Load[]): void {
  const perSecond = median(ours.map((load) => load.perSecond));
  const failures = ours.reduce((sum, load) => sum + load.failures, 0);
  const against =
    theirs.length === 0
      ? ''
      : `, ${(perSecond / median(theirs.map((load) => load.perSecond))).toFixed(0)} × the peer's ${median(theirs.map((load) => load.perSecond)).toFixed(1)}/s`;
  process.stdout.write(
    `  ${name.padEnd(20)} ${perSecond.toFixed(0)} requests/s, p50 ${median(ours.map((load) => load.p50)).toFixed(2)} ms, p95 ${median(ours.map((load) => load.p95)).toFixed(2)} ms, ${failures} failed${against}\n`,
  );
}

/** The time of pages that were not kept: twenty days one after another, each asked for once. */
async function printRenders(url: string): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const day = Temporal.PlainDate.from('2026-01-05').add({ days: n }).toString();
    const start = performance.now();
    await (await fetch(`${url}/date/${day}`)).text();
    times.push(performance.now() - start);
  }
  process.stdout.write(
    `  first render         p50 ${median(times).toFixed(1)} ms, slowest ${Math.max(...times).toFixed(1)} ms\n`,
  );
}

async function printWeight(url: string): Promise<void> {
  const weights: string[] = [];
  for (const encoding of ['br', 'gzip', 'identity']) {
    const result = await autocannon({
      url,
      connections: 1,
      amount: 1,
      headers: { 'accept-encoding': encoding },
    });
    weights.push(`${(result.throughput.total / 1000).toFixed(1)} kB ${encoding}`);
  }
  process.stdout.write(`  page weight          ${weights.join(', ')} (headers included)\n`);
}

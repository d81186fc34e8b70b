// The speed and memory of word search at sizes up to three million papers, beside SQLite's FTS5, LanceDB and two libraries.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type MeasuredName, measuredNames } from './measured-systems.ts';

const sizes: ReadonlyMap<string, number> = new Map([
  ['10k', 10_000],
  ['126k', 126_000],
  ['283k', 283_000],
  ['3m', 3_000_000],
]);
const heapMegabytes = 8192;
const limitMs = 7_200_000;

const timesSchema = z.object({ p50: z.number(), p95: z.number(), cpuMs: z.number() });
const resultSchema = z.discriminatedUnion('absent', [
  z.object({ absent: z.literal(true) }),
  z.object({
    absent: z.literal(false),
    papers: z.number(),
    buildSeconds: z.number(),
    rssBytes: z.number(),
    accountBytes: z.number().nullable(),
    plain: timesSchema,
    filtered: timesSchema,
    saveSeconds: z.number().nullable(),
    loadSeconds: z.number().nullable(),
  }),
]);

/** What a system at a size was measured to do. */
export type SpeedResult = z.infer<typeof resultSchema>;
type Measured = Extract<SpeedResult, { absent: false }>;

export interface SpeedOptions {
  /** 10k, 126k, 283k, 3m, several with commas; the first two when left out. */
  readonly size?: string | undefined;
  /** Names with commas; all when left out. */
  readonly systems?: string | undefined;
  /** A line of JSON a system and size is added there. */
  readonly json?: string | undefined;
}

/** Each system in a process of its own with 8 GB of heap and two hours; what it cannot hold in them is said. */
export async function benchSearchSpeed(options: SpeedOptions): Promise<void> {
  const systems = options.systems?.split(',') ?? [...measuredNames];
  process.stdout.write(
    'budgets: p50 ≤ 1 ms and p95 ≤ 5 ms at 100k, p50 ≤ 10 ms at 3M, ≤ 600 bytes a paper by its own account\n',
  );
  for (const size of options.size?.split(',') ?? ['10k', '126k']) {
    const papers = sizes.get(size);
    if (papers === undefined)
      throw new Error(`--size is one of ${[...sizes.keys()].join(', ')}, not ${size}`);
    process.stdout.write(
      `\n${size}: top 20 for 2–5 words of a title, ms; ratios in processor time; filtered: cs.LG from 2026 on\n${heading}\n`,
    );
    let ours: Measured | undefined;
    for (const name of measuredNames.filter((known) => systems.includes(known))) {
      const result = await measureApart(name, papers);
      if (typeof result === 'string') {
        process.stdout.write(`${name.padEnd(11)} not at this size: ${result}\n`);
        continue;
      }
      if (result.absent) continue;
      if (name === 'offprint') ours = result;
      process.stdout.write(`${row(name, result, ours)}\n`);
      if (options.json !== undefined)
        await appendFile(options.json, `${JSON.stringify({ name, size, ...result })}\n`);
    }
  }
}

/** The child's result, or why there is none. */
async function measureApart(name: MeasuredName, papers: number): Promise<SpeedResult | string> {
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      `--max-old-space-size=${heapMegabytes}`,
      join(import.meta.dirname, 'search-speed-child.ts'),
      name,
      String(papers),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], timeout: limitMs },
  );
  const ended = once(child, 'close');
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  const line = output.trim().split('\n').at(-1) ?? '';
  if (child.exitCode === 0 && line.startsWith('{')) return resultSchema.parse(JSON.parse(line));
  if (child.signalCode === 'SIGTERM') return `not ready in ${limitMs / 3_600_000} hours`;
  return (
    /heap out of memory|Map maximum size|Invalid (string|array) length/.exec(errors)?.[0] ??
    errors.trim().slice(-300)
  );
}

const heading =
  'system        build s   MB RSS  bytes/paper     p50     p95     CPU  ratio   filtered p50     p95     CPU  ratio   save s  load s';

function row(name: string, result: Measured, ours: Measured | undefined): string {
  const { papers, buildSeconds, rssBytes, accountBytes, plain, filtered, saveSeconds, loadSeconds } = result;
  const ratio = (theirs: number, mine: number | undefined): string =>
    mine === undefined ? '' : `${(theirs / mine).toFixed(1)} ×`;
  return [
    name.padEnd(11),
    buildSeconds.toFixed(1).padStart(9),
    (rssBytes / 1e6).toFixed(0).padStart(8),
    (accountBytes === null ? '–' : (accountBytes / papers).toFixed(0)).padStart(12),
    plain.p50.toFixed(2).padStart(7),
    plain.p95.toFixed(2).padStart(7),
    plain.cpuMs.toFixed(2).padStart(7),
    ratio(plain.cpuMs, ours?.plain.cpuMs).padStart(6),
    filtered.p50.toFixed(2).padStart(14),
    filtered.p95.toFixed(2).padStart(7),
    filtered.cpuMs.toFixed(2).padStart(7),
    ratio(filtered.cpuMs, ours?.filtered.cpuMs).padStart(6),
    (saveSeconds === null ? '–' : saveSeconds.toFixed(2)).padStart(8),
    (loadSeconds === null ? '–' : loadSeconds.toFixed(2)).padStart(7),
  ].join(' ');
}

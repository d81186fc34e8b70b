// How long a reader waits for the search page and a program for the search API, question by question.
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cpuTimeMs, scratchFolder, serveOffprint, stop } from './offprint-process.ts';
import { archiveLines } from './papers-file.ts';
import { seeded } from './papers-of-size.ts';
import { fillDataFolder, untilSearchable } from './searching-service.ts';

const sizes: ReadonlyMap<string, number> = new Map([
  ['39', 39],
  ['10k', 10_000],
  ['126k', 126_000],
]);
/** Questions a measurement; none is asked twice, so that no kept page answers. */
const questions = 200;
const warming = 40;

export interface SearchPageOptions {
  /** 39, 10k, 126k, several with commas; 39 and 10k when left out. */
  readonly size?: string | undefined;
  /** A line of JSON a measurement is added there. */
  readonly json?: string | undefined;
}

/**
 * For each size: page and API, by one client and by ten at once, beside the same server's `/` as it stands. OFFPRINT_ENCODER
 * counts: with `auto` every question is encoded, and papers have made vectors; `off` is words alone.
 */
export async function benchSearchPage({ size = '39,10k', json }: SearchPageOptions): Promise<void> {
  const folder = await scratchFolder();
  try {
    for (const name of size.split(',')) {
      const papers = sizes.get(name);
      if (papers === undefined)
        throw new Error(`--size is one of ${[...sizes.keys()].join(', ')}, not ${name}`);
      const environment = { OFFPRINT_DATA: join(folder, `data-${name}`) };
      if (papers > 39) await fillDataFolder(environment.OFFPRINT_DATA, papers);
      const { child, url } = await serveOffprint(environment);
      try {
        const asked = await distinctQuestions();
        const isReady = await untilSearchable(url, papers);
        process.stdout.write(
          `\n${name} papers, OFFPRINT_ENCODER=${process.env.OFFPRINT_ENCODER ?? 'auto'}${isReady ? '' : ': the index was not ready within five minutes'}\n`,
        );
        if (!isReady) continue;
        const next = (count: number): string[] => asked.splice(0, count).map(encodeURIComponent);
        await ask(
          next(warming).map((text) => `${url}/search?q=${text}`),
          1,
        );
        const home = await ask(
          Array.from({ length: questions }, () => `${url}/`),
          1,
        );
        for (const [path, limit] of [
          ['/search?q=', ''],
          ['/api/papers/search?q=', '&limit=20'],
        ] as const)
          for (const clients of [1, 10]) {
            const cpuBefore = cpuTimeMs(child.pid);
            const times = await ask(
              next(questions).map((text) => `${url}${path}${text}${limit}`),
              clients,
            );
            const cpuMs = (cpuTimeMs(child.pid) - cpuBefore) / questions;
            process.stdout.write(
              `  ${path.padEnd(22)} ${String(clients).padStart(2)} clients  p50 ${times.p50.toFixed(1)} ms  p95 ${times.p95.toFixed(1)} ms  CPU ${cpuMs.toFixed(1)} ms  ` +
                `${times.failures} failed  ${(times.p50 / home.p50).toFixed(1)} × the front page's ${home.p50.toFixed(1)} ms\n`,
            );
            if (json !== undefined)
              await appendFile(json, `${JSON.stringify({ size: name, path, clients, cpuMs, ...times })}\n`);
          }
      } finally {
        await stop(child);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const titleSchema = z.object({ title: z.string() });

/** Two to four neighbouring words of titles, each text once. */
async function distinctQuestions(): Promise<string[]> {
  const random = seeded(3);
  const texts = new Set<string>();
  for await (const line of archiveLines()) {
    const words = titleSchema.parse(JSON.parse(line)).title.split(/\s+/);
    const length = 2 + Math.floor(random() * 3);
    if (words.length < length) continue;
    const from = Math.floor(random() * (words.length - length + 1));
    texts.add(words.slice(from, from + length).join(' '));
    if (texts.size === warming + 4 * questions) break;
  }
  return [...texts];
}

async function ask(
  addresses: readonly string[],
  clients: number,
): Promise<{ p50: number; p95: number; failures: number }> {
  const waiting = [...addresses];
  const times: number[] = [];
  let failures = 0;
  const client = async (): Promise<void> => {
    for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
      const start = performance.now();
      const response = await fetch(address);
      await response.arrayBuffer();
      times.push(performance.now() - start);
      if (!response.ok) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), failures };
}

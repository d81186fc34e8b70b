// The memory of a service that nobody uses: papers, their index and their vectors, the embedded database apart.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryBytes, memoryOfTree, scratchFolder, serveOffprint, stop } from './offprint-process.ts';
import { fillDataFolder, isEncoding, untilSearchable } from './searching-service.ts';

const sizes: ReadonlyMap<string, number> = new Map([
  ['10k', 10_000],
  ['100k', 100_000],
  ['126k', 126_000],
]);
const questions = [
  'graph neural network',
  'speech',
  'learning to reason',
  'cat:cs.LG date:2026',
  '"large language"',
];
const idleSeconds = 60;

/**
 * Twice: after the start that built the index, and after the next one, which read it from disk.
 *
 * @param options.size 10k, 100k, 126k, several with commas; 100k when left out.
 */
export async function benchMemory({ size = '100k' }: { readonly size?: string | undefined }): Promise<void> {
  process.stdout.write('budget: 600 MB together at 100k\n');
  for (const name of size.split(',')) {
    const papers = sizes.get(name);
    if (papers === undefined)
      throw new Error(`--size is one of ${[...sizes.keys()].join(', ')}, not ${name}`);
    const folder = await scratchFolder();
    try {
      const data = join(folder, 'data');
      await fillDataFolder(data, papers);
      process.stdout.write(`\n${name} papers${isEncoding ? ' with vectors' : ', words alone'}\n`);
      for (const begin of ['built the index', 'read the index']) {
        const { child, url } = await serveOffprint({ OFFPRINT_DATA: data });
        try {
          const start = performance.now();
          const isReady = await untilSearchable(url, papers);
          const seconds = (performance.now() - start) / 1000;
          print(
            `${begin}, ready after ${seconds.toFixed(1)} s${isReady ? '' : ' (not ready)'}`,
            child.pid,
            data,
          );
          for (const text of questions)
            await (await fetch(`${url}/search?q=${encodeURIComponent(text)}`)).arrayBuffer();
          await sleep(idleSeconds * 1000);
          print(`  after ${questions.length} searches and ${idleSeconds} s`, child.pid, data);
        } finally {
          await stop(child);
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function print(when: string, pid: number | undefined, data: string): void {
  const node = memoryBytes(pid, 'VmRSS');
  const database = memoryOfTree(data);
  const figure = (bytes: number): string => `${(bytes / 1e6).toFixed(0).padStart(5)} MB`;
  process.stdout.write(
    `  ${when.padEnd(48)} node ${figure(node)} (peak ${figure(memoryBytes(pid, 'VmHWM'))})  PostgreSQL ${figure(database)}  together ${figure(node + database)}\n`,
  );
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { seeded, wordsOf } from '../testing/papers.ts';
import { plainAnalyser } from '../testing/plain-analyser.ts';
import { SearchIndex } from './search-index.ts';

const script = fileURLToPath(new URL('../testing/snapshot-loop.ts', import.meta.url));

/** Lets the loop run until it has saved something and a little longer, then kills it. @returns the last round it told of. */
async function runAndKill(folder: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, ['--conditions=@offprint/source', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (text: Buffer) => {
    told += text.toString();
  });
  await once(child.stdout, 'data');
  await sleep(afterMs);
  child.kill('SIGKILL');
  await once(child, 'close');
  return Math.max(...told.trim().split('\n').map(Number));
}

it('killed at any moment leaves a snapshot that loads, holds what it says, and nothing told of is lost', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'offprint-killed-'));
  const random = seeded(3);
  try {
    for (let kill = 0; kill < 12; kill += 1) {
      const told = await runAndKill(folder, random() * 60);
      const { index, cursor } = await SearchIndex.load(folder, { analyser: plainAnalyser });
      const round = Number(cursor);
      expect(round).toBeGreaterThanOrEqual(told);
      expect(round).toBeLessThanOrEqual(told + 1);
      expect(index.size).toBe(round * 40 - (round - 1));
      expect(index.matching(wordsOf(`r${round}`)).count()).toBe(40);
      expect(index.matching(wordsOf(`r${round + 1}`)).count()).toBe(0);
      if (round > 1) expect(index.matching(wordsOf(`r${round - 1}`)).count()).toBe(39);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

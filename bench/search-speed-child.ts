// One system at one size in a process of its own, so that its memory is its own: `NAME PAPERS`, a line of JSON out.

import { type MeasuredName, measuredNames, openMeasured } from './measured-systems.ts';
import { median, memoryBytes } from './offprint-process.ts';
import { papersOfSize, seeded } from './papers-of-size.ts';
import type { PeerFilter } from './peers.ts';
import type { SpeedResult } from './search-speed.ts';

const batchSize = 5000;
const questions = 200;
const rounds = 3;
/** A system that needs longer for a round of questions is judged by those it answered. */
const roundMs = 20_000;
const filter: PeerFilter = { category: 'cs.LG', from: '2026-01-01' };

const [asked = '', count = ''] = process.argv.slice(2);
const name = measuredNames.find((known) => known === asked);
if (name !== undefined) process.stdout.write(`${JSON.stringify(await measure(name, Number(count)))}\n`);

async function measure(system: MeasuredName, papers: number): Promise<SpeedResult> {
  const measured = await openMeasured(system);
  if (measured === undefined) return { absent: true };
  const collect = globalThis.gc ?? ((): void => {});
  collect();
  const before = memoryBytes(process.pid, 'VmRSS');
  const titles: string[] = [];
  const every = Math.max(1, Math.floor(papers / questions));
  let batch: Parameters<typeof measured.add>[0][number][] = [];
  let given = 0;
  let buildMs = 0;
  const flush = async (): Promise<void> => {
    const start = performance.now();
    await measured.add(batch);
    buildMs += performance.now() - start;
    batch = [];
  };
  for await (const paper of papersOfSize(papers)) {
    if (given % every === 0) titles.push(paper.title);
    given += 1;
    batch.push(paper);
    if (batch.length === batchSize) await flush();
  }
  await flush();
  const start = performance.now();
  const accountBytes = await measured.finish();
  buildMs += performance.now() - start;
  collect();
  const rssBytes = memoryBytes(process.pid, 'VmRSS') - before;
  const spans = spansOf(titles);
  const plain = await time(spans, (text) => measured.search(text, undefined));
  const filtered = await time(spans, (text) => measured.search(text, filter));
  const saved = await measured.reload?.();
  await measured.close?.();
  return {
    absent: false,
    papers: given,
    buildSeconds: buildMs / 1000,
    rssBytes,
    accountBytes: accountBytes ?? null,
    plain,
    filtered,
    saveSeconds: saved?.saveSeconds ?? null,
    loadSeconds: saved?.loadSeconds ?? null,
  };
}

/** Two to five neighbouring words of each title, the same for every system. */
function spansOf(titles: readonly string[]): string[] {
  const random = seeded(2);
  return titles.map((title) => {
    const words = title.split(/\s+/);
    const length = 2 + Math.floor(random() * 4);
    const from = Math.floor(random() * Math.max(1, words.length - length + 1));
    return words.slice(from, from + length).join(' ');
  });
}

/** Medians over rounds of each round's percentiles and of the processor time of a question, after a round that only warms. */
async function time(
  texts: readonly string[],
  search: (text: string) => number | Promise<number>,
): Promise<{ p50: number; p95: number; cpuMs: number }> {
  const p50: number[] = [];
  const p95: number[] = [];
  const cpuMs: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const times: number[] = [];
    const cpuBefore = process.cpuUsage();
    const began = performance.now();
    for (const text of texts) {
      const start = performance.now();
      await search(text);
      times.push(performance.now() - start);
      if (performance.now() - began > roundMs) break;
    }
    if (round === 0) continue;
    const { user, system } = process.cpuUsage(cpuBefore);
    cpuMs.push((user + system) / 1000 / times.length);
    times.sort((a, b) => a - b);
    p50.push(times[Math.floor(times.length / 2)] ?? 0);
    p95.push(times[Math.floor(times.length * 0.95)] ?? 0);
  }
  return { p50: median(p50), p95: median(p95), cpuMs: median(cpuMs) };
}

// Keeps the segments of an index few: merges them in a thread beside, and puts each result in place when it is done.
import { Worker } from 'node:worker_threads';
import { callWorker, type Remote } from '../threads/remote.ts';
import type { HeldSegment, HeldSegments } from './held-segments.ts';
import { mergeSegments } from './merge.ts';
import { planMerge } from './merge-policy.ts';
import type { MergeThread } from './merge-thread.ts';
import type { Scoring } from './scoring.ts';
import { Segment } from './segment.ts';

/** The segments that should be merged next, if any. */
export function nextMerge(held: HeldSegments): HeldSegment[] | undefined {
  const sizes = held.all.map(({ segment, removed }) => ({ documents: segment.documents, removed }));
  return planMerge(sizes)?.flatMap((i) => held.all[i] ?? []);
}

/** Merges whatever is due, here and now. */
export function mergeAtOnce(held: HeldSegments, scoring: Scoring): void {
  for (let parts = nextMerge(held); parts !== undefined; parts = nextMerge(held)) {
    held.replace(parts, mergeSegments(held.mergeInputs(parts), scoring));
  }
}

/** A thread without work for so long is ended: it holds on to the segments that it merged last, and to its heap. */
const idleMs = 10_000;

/** One merge at a time. Searches, puts and removals go on meanwhile; what they change is kept. */
export class BackgroundMerges {
  private readonly held: HeldSegments;
  private readonly scoring: Scoring;
  private thread: { readonly worker: Worker; readonly remote: Remote<MergeThread> } | undefined;
  private running: Promise<void> | undefined;
  private idle: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(held: HeldSegments, scoring: Scoring) {
    this.held = held;
    this.scoring = scoring;
  }

  /** Sees to it that what is due gets merged. */
  start(): void {
    if (this.closed || this.running !== undefined || nextMerge(this.held) === undefined) return;
    clearTimeout(this.idle);
    this.running = this.run().finally(() => {
      this.running = undefined;
      this.idle = setTimeout(() => void this.retire(), idleMs);
      this.idle.unref();
    });
  }

  /** Resolves when nothing is left to merge. */
  async settled(): Promise<void> {
    while (this.running !== undefined) {
      this.thread?.worker.ref();
      await this.running;
    }
    this.thread?.worker.unref();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.idle);
    await this.thread?.worker.terminate();
    await this.running;
    clearTimeout(this.idle);
  }

  private async retire(): Promise<void> {
    const retired = this.thread;
    this.thread = undefined;
    await retired?.worker.terminate();
  }

  private async run(): Promise<void> {
    for (
      let parts = nextMerge(this.held);
      parts !== undefined && !this.closed;
      parts = nextMerge(this.held)
    ) {
      const merged = await this.merge(parts);
      // Another merge, of everything, may have been asked for in the meantime.
      const stillThere = parts.every((part) => this.held.all.includes(part));
      if (merged !== undefined && stillThere) this.held.replace(parts, merged);
    }
  }

  /** @returns `undefined` when the index was closed meanwhile. A thread that fails is done without. */
  private async merge(parts: readonly HeldSegment[]): Promise<Segment | undefined> {
    const inputs = this.held.mergeInputs(parts);
    try {
      const { remote } = this.open();
      const buffers = inputs.map(({ segment, live }) => ({ buffer: segment.buffer, live }));
      return new Segment(await remote.merge({ inputs: buffers, scoring: this.scoring }), 'here');
    } catch {
      this.thread = undefined;
      return this.closed ? undefined : mergeSegments(inputs, this.scoring);
    }
  }

  private open() {
    if (this.thread === undefined) {
      const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
      const worker = new Worker(new URL(`./merge-thread.${suffix}`, import.meta.url));
      worker.unref();
      this.thread = { worker, remote: callWorker<MergeThread>(worker) };
    }
    return this.thread;
  }
}

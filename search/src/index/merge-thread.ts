// The entry of the thread in which segments are merged: buffers are shared, so only their references travel.
import { parentPort } from 'node:worker_threads';
import { answerCalls } from '../threads/remote.ts';
import { mergeSegments } from './merge.ts';
import type { Scoring } from './scoring.ts';
import { Segment } from './segment.ts';

/** What a merge needs, as it crosses threads. */
export interface MergeTask {
  readonly inputs: readonly { readonly buffer: SharedArrayBuffer; readonly live: Uint32Array | undefined }[];
  readonly scoring: Scoring;
}

/** What the thread can be asked. */
export interface MergeThread {
  merge(task: MergeTask): Promise<SharedArrayBuffer>;
}

const thread = {
  merge: async ({ inputs, scoring }: MergeTask): Promise<SharedArrayBuffer> => {
    const opened = inputs.map(({ buffer, live }) => ({ segment: new Segment(buffer, 'here'), live }));
    return mergeSegments(opened, scoring).buffer;
  },
} satisfies MergeThread;

if (parentPort !== null) answerCalls(parentPort, thread);

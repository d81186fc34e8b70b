// Questions to a worker: each has one answer, and whatever comes late or breaks is known as that.
import type { Answered, Asked, FromWorker, ToWorker } from './messages.ts';

/** What a worker tells before it answers. */
export type Progress = Extract<FromWorker, { readonly kind: 'progress' }>;

/** `broken`: something in the worker threw that was nobody's answer, or it never started. */
export type Answer = Exclude<FromWorker, Progress> | { readonly kind: 'broken'; readonly sentence: string };

export const notStarted =
  'The worker that runs it could not be started: look whether this site can be reached.';

let questions = 0;

/** Sends a question and waits for its answer; what a worker tells in between goes to `onProgress`. */
export function ask(
  worker: Worker,
  question: ToWorker,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Answer> {
  questions += 1;
  const asked: Asked = { id: questions, question };
  return new Promise((resolve) => {
    worker.onmessage = ({ data: { id, answer } }: MessageEvent<Answered>) => {
      if (id !== asked.id) return;
      if (answer.kind === 'progress') onProgress(answer);
      else resolve(answer);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const sentence = event.message ? `The worker that runs it broke down (${event.message}).` : notStarted;
      resolve({ kind: 'broken', sentence });
    };
    worker.postMessage(asked);
  });
}

/** What is the matter, of an answer that is not the one that was asked for. */
export const sentenceOf = (answer: Answer): string =>
  answer.kind === 'failed' || answer.kind === 'broken'
    ? answer.sentence
    : 'The worker gave an answer that was not asked for.';

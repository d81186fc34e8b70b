// Calling an object that lives in another thread: calls and answers by number, errors as they were thrown.
import type { MessagePort, Worker } from 'node:worker_threads';
import { SearchError, type SearchErrorCode } from '../errors.ts';

interface Call {
  readonly call: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

interface Answer {
  readonly answer: number;
  readonly value?: unknown;
  readonly failure?: { readonly code: SearchErrorCode | undefined; readonly message: string };
}

/** The methods of an object that can be called from another thread: plain data in, a promise of plain data out. */
export type Remote<T> = {
  readonly [K in keyof T as T[K] extends (...args: never[]) => Promise<unknown> ? K : never]: T[K];
};

/**
 * Answers the calls that come over a port, each as soon as it can be.
 *
 * @param methods what may be called, by name; anything else is refused.
 */
export function answerCalls(
  port: MessagePort,
  methods: { readonly [name: string]: (...args: never[]) => Promise<unknown> },
): void {
  port.on('message', ({ call, method, args }: Call) => {
    const perform = async (): Promise<unknown> => {
      const found = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (found === undefined) throw new Error(`This thread has no method ${method}.`);
      return Reflect.apply(found, methods, args);
    };
    perform().then(
      (value) => port.postMessage({ answer: call, value } satisfies Answer),
      (error: unknown) => port.postMessage({ answer: call, failure: failureOf(error) } satisfies Answer),
    );
  });
}

/** The other end: an object whose methods are answered by the worker. Its end fails every open call. */
export function callWorker<T extends object>(worker: Worker): Remote<T> {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  let ended: Error | undefined;
  const endWith = (error: Error): void => {
    ended ??= error;
    for (const { reject } of open.values()) reject(ended);
    open.clear();
  };
  worker.on('message', ({ answer, value, failure }: Answer) => {
    const waiting = open.get(answer);
    open.delete(answer);
    if (failure === undefined) waiting?.resolve(value);
    else waiting?.reject(errorOf(failure));
  });
  worker.on('error', (error) => endWith(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => endWith(new SearchError('unavailable', 'The search thread has ended.')));
  const call = (method: string, args: readonly unknown[]): Promise<unknown> => {
    if (ended !== undefined) return Promise.reject(ended);
    const waiting = Promise.withResolvers<unknown>();
    open.set(++calls, waiting);
    worker.postMessage({ call: calls, method, args } satisfies Call);
    return waiting.promise;
  };
  // A proxy has no static type of its own; both ends are compiled against the same T.
  return new Proxy({} as Remote<T>, {
    get: (_, method) =>
      // A promise that resolves to this object would otherwise call its `then`.
      typeof method === 'string' && method !== 'then'
        ? (...args: readonly unknown[]) => call(method, args)
        : undefined,
  });
}

function failureOf(error: unknown): NonNullable<Answer['failure']> {
  if (error instanceof SearchError) return { code: error.code, message: error.message };
  return {
    code: undefined,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

function errorOf({ code, message }: NonNullable<Answer['failure']>): Error {
  return code === undefined ? new Error(message) : new SearchError(code, message);
}

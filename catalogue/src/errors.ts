// The error every room raises towards people and programs: a code, one plain sentence, and the field that was wrong.

/** Machine-readable kinds of failure; the HTTP and terminal rooms translate them. */
export type ErrorCode =
  | 'bad-input'
  | 'not-found'
  | 'conflict'
  | 'unavailable'
  | 'not-supported'
  | 'data-folder'
  | 'database'
  | 'upstream'
  | 'damaged-file';

/** A failure that its reader can act on. `message` is one sentence in plain words that says what to do. */
export class OffprintError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options: { field?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'OffprintError';
    this.code = code;
    this.field = options.field;
  }
}

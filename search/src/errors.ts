// The error that this room raises towards its callers: a code, one plain sentence, and the field that was wrong.

/** What went wrong, for programs. `foreign-file`: sound, but of another format version, analyser or encoder. */
export type SearchErrorCode = 'bad-input' | 'damaged-file' | 'foreign-file' | 'unavailable';

/** A failure that its reader can act on. `message` is one sentence in plain words that says what to do. */
export class SearchError extends Error {
  readonly code: SearchErrorCode;
  readonly field: string | undefined;

  constructor(code: SearchErrorCode, message: string, options: { field?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'SearchError';
    this.code = code;
    this.field = options.field;
  }
}

// What the lab refuses, in words that say what to do.

export type LabErrorCode =
  /** No experiment has that number. */
  | 'unknown-experiment'
  /** A data set's package is not installed. */
  | 'missing-data'
  /** A file that the lab reads is not what it should be. */
  | 'damaged-file'
  /** The same experiment is being run at the same size. */
  | 'already-running'
  /** The build that says which code runs is missing or older than the sources. */
  | 'not-built'
  /** A run threw; nothing that diverges is this, only what is wrong in the code or the machine. */
  | 'run-failed'
  /** The place where results are kept cannot be written to. */
  | 'unwritable'
  /** Stopped from outside; what finished is kept. */
  | 'stopped';

export class LabError extends Error {
  readonly code: LabErrorCode;

  constructor(code: LabErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LabError';
    this.code = code;
  }
}

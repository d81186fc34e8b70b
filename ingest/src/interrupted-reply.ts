// A reply that broke off: kept apart from other failures because asking again may well mend it.
import { OffprintError } from '@offprint/catalogue';

/** The reply ended before it was whole: a truncated document, a reset connection, a stalled body. */
export class InterruptedReply extends OffprintError {
  constructor(message: string, cause?: unknown) {
    super('upstream', message, cause === undefined ? {} : { cause });
    this.name = 'InterruptedReply';
  }
}

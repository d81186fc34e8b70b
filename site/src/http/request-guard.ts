// The first look at a request's address: too long, not UTF-8 or carrying NUL is refused here, once for all routes.
import { OffprintError } from '@offprint/catalogue';
import { HttpError } from './problem.ts';

/** Longest request target answered, in characters. */
export const maxTargetLength = 8000;

/**
 * Checks the path and query of a request as they were sent.
 *
 * @throws HttpError 414 when they are too long.
 * @throws OffprintError `bad-input` when they are not percent-encoded UTF-8 text.
 */
export function checkTarget(target: string): void {
  if (target.length > maxTargetLength)
    throw new HttpError(414, `The address is too long: keep it under ${maxTargetLength} characters.`);
  if (/[^\x21-\x7e]/.test(target))
    throw new OffprintError(
      'bad-input',
      'The address holds characters that must be percent-encoded: encode them as UTF-8.',
    );
  if (!target.includes('%')) return;
  if (/%(?![0-9A-Fa-f]{2})/.test(target))
    throw new OffprintError(
      'bad-input',
      'The address holds a % that begins no percent-encoding: write it as %25.',
    );
  let text: string;
  try {
    text = decodeURIComponent(target);
  } catch {
    throw new OffprintError(
      'bad-input',
      'The address is not UTF-8 text: encode its characters as UTF-8 before percent-encoding them.',
    );
  }
  if (text.includes('\0'))
    throw new OffprintError('bad-input', 'The address holds a NUL character: leave it out.');
}

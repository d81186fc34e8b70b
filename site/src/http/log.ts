// One structured line a request, without anything secret in it.
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * A logger that writes JSON lines to standard output, gathered into few writes; `level` as pino names them.
 */
export function createLogger(level = 'info', destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: ['headers.authorization', 'headers.cookie', '*.password', '*.token'], remove: true },
    },
    destination ?? pino.destination({ dest: 1, sync: false, minLength: 4096 }),
  );
}

const secretName = /token|key|secret|password|code|signature|session|email/i;

/** A request target as a log may hold it: values of secret-looking parameters hidden, overlong ones cut. */
export function loggableTarget(target: string): string {
  const at = target.indexOf('?');
  if (at === -1) return target.slice(0, 500);
  const query = target
    .slice(at + 1)
    .split('&')
    .map((part) => {
      const name = part.split('=', 1)[0] ?? '';
      return secretName.test(name) && part.includes('=') ? `${name}=[hidden]` : part;
    })
    .join('&');
  return `${target.slice(0, at)}?${query}`.slice(0, 500);
}

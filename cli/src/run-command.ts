// How every command runs: settings in, one sentence out when it fails, Ctrl-C stops it in good order.
import { OffprintError } from '@offprint/catalogue';
import { LabError } from '@offprint/lab';
import { SearchError } from '@offprint/search';
import { type OpenCatalogue, openCatalogue } from './open-catalogue.ts';
import { readSettings, type Settings } from './settings.ts';

/** What a command's work gets. */
export interface CommandContext extends OpenCatalogue {
  readonly settings: Settings;
  /** Aborted by Ctrl-C or SIGTERM; work then stops at its next checkpoint. */
  readonly signal: AbortSignal;
}

/**
 * Opens the catalogue, does the work, closes the catalogue; a failure becomes one sentence and exit code 1,
 * being stopped exit code 130.
 */
export async function withCatalogue(
  work: (context: CommandContext) => Promise<void>,
  options: { readonly plant?: boolean } = {},
): Promise<void> {
  await reportStoppable(async (signal) => {
    const settings = readSettings(process.env);
    const catalogue = await openCatalogue(settings, options);
    try {
      await work({ ...catalogue, settings, signal });
    } finally {
      await catalogue.close();
    }
  });
}

/** Runs work that Ctrl-C or SIGTERM stops: its signal is aborted, and the exit code is then 130. */
export async function reportStoppable(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  await report(async () => {
    const onSignal = (): void =>
      stop.abort(
        new OffprintError(
          'unavailable',
          'Stopped before the end: nothing half-done was left behind, run the command again.',
        ),
      );
    process.once('SIGINT', onSignal);
    process.once('SIGTERM', onSignal);
    try {
      await work(stop.signal);
    } catch (error) {
      // Whatever fails because of the stop, the stop is what happened; some work says itself what it kept.
      const saysSo = error instanceof LabError && error.code === 'stopped';
      throw stop.signal.aborted && !saysSo ? stop.signal.reason : error;
    } finally {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    }
  });
  if (stop.signal.aborted) process.exitCode = 130;
}

/** Runs work whose failure people read. */
export async function report(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${sentence(error)}\n`);
    if (process.env.OFFPRINT_LOG_LEVEL === 'debug')
      for (let cause = error; cause instanceof Error; cause = cause.cause)
        process.stderr.write(`${cause.stack}\n`);
  }
}

function sentence(error: unknown): string {
  if (error instanceof OffprintError || error instanceof SearchError || error instanceof LabError)
    return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EPIPE') return '';
  if (code === 'ENOENT' && error instanceof Error)
    return `There is no such file: ${error.message.replace(/^.*?'(.*)'$/, '$1')}.`;
  if (code === 'EISDIR') return 'That is a folder: name a file in it.';
  if (code === 'ENOSPC' || code === '53100')
    return 'The disk is full: free some space and run the command again; nothing is half-written.';
  if (code === 'EACCES' || code === 'EROFS')
    return `That place cannot be written to: ${error instanceof Error ? error.message : ''}.`;
  return `Something went wrong that should not have: ${error instanceof Error ? error.message : String(error)} (set OFFPRINT_LOG_LEVEL=debug to see where).`;
}

// `serve` and `worker`: the processes that run on. Both end in good order on SIGTERM and Ctrl-C.
import { type Jobs, OffprintError, startJobs, watchRevision } from '@offprint/catalogue';
import { openSearch, standardAttention } from '@offprint/discovery';
import { planIngest } from '@offprint/ingest';
import type { EncoderSpec } from '@offprint/search';
import { builtAssetsFolder, createLogger, createSite, type Logger, startServer } from '@offprint/site';
import type { Command } from 'commander';
import { encoderOf } from '../encoder-choice.ts';
import { limitIndexRequests } from '../index-requests.ts';
import { ingestContext, ingestJobDefinitions, ingestSettings, jobsAtStart } from '../ingest-setup.ts';
import { type OpenCatalogue, openCatalogue } from '../open-catalogue.ts';
import { report } from '../run-command.ts';
import { readSettings, type Settings } from '../settings.ts';
import { plain } from '../terminal-text.ts';

const drainMs = 10_000;

export function serveCommands(program: Command): void {
  const site = program
    .command('serve', { isDefault: true })
    .description('run the site, and fill it')
    .allowExcessArguments()
    .action((_options: object, { args }: Command) => {
      // Being the default, this command is also given whatever is no command.
      const [unknown] = args;
      if (unknown !== undefined) site.error(`error: there is no command '${plain(unknown)}'`);
      return report(serve);
    });
  program
    .command('worker')
    .description(
      'do the queued and scheduled work apart from the web processes (set OFFPRINT_WORK=off for those)',
    )
    .action(() => report(work));
}

/** Runs the site until the process is told to stop. */
async function serve(): Promise<void> {
  const settings = readSettings(process.env);
  const stopped = Promise.withResolvers<void>();
  void stopSignal().then(stopped.resolve);
  const logger = createLogger(settings.logLevel);
  const flushing = setInterval(() => logger.flush(), 1_000);
  flushing.unref();
  const catalogue = await openCatalogue(settings, {
    asServer: true,
    onTakenOver: () => {
      logger.error(
        'PostgreSQL was restarted and another Offprint server has taken this folder over: this one ends',
      );
      stopped.resolve();
    },
  });
  // Last opened, first closed; what fails to open must not leave the rest behind.
  const closing: (() => Promise<void>)[] = [() => catalogue.close()];
  try {
    const revision = await watchRevision(catalogue.connection);
    closing.push(() => revision.close());
    const search = await openSearch({
      db: catalogue.db,
      connection: catalogue.connection,
      dataFolder: settings.dataFolder,
      encoder: await encoderOf(settings),
      onCommit: (listener) => revision.onChange(listener),
      keeps: true,
      log: (level, message, fields) => logger[level](fields, message),
    });
    closing.push(() => search.close());
    const watching = watchAdoption(settings, (spec) => search.changeEncoder(spec), logger);
    closing.push(async () => clearInterval(watching));
    const jobs: { current?: Jobs } = {};
    const app = createSite(
      {
        db: catalogue.db,
        calendar: settings.calendar,
        now: () => Temporal.Now.instant(),
        publicUrl: settings.publicUrl,
        trending: standardAttention,
        search,
        requestIndexing: limitIndexRequests(() => (settings.ingest ? jobs.current : undefined)),
      },
      {
        logger,
        revision: () => `${revision.current()}:${search.revision()}`,
        trustedProxies: settings.trustedProxies,
        assetsFolder: builtAssetsFolder,
        processMetrics: true,
        ...(settings.rateLimit ? {} : { rateLimit: false }),
      },
    );
    const server = await startServer({ app, host: settings.host, port: settings.port });
    closing.push(() => server.close(drainMs));
    logger.info(
      { url: settings.publicUrl, port: server.port, catalogue: catalogue.place },
      'Offprint is ready',
    );
    if (process.stderr.isTTY)
      process.stderr.write(`\nOffprint is at ${settings.publicUrl}  (Ctrl-C stops it)\n\n`);
    jobs.current = await openJobs(catalogue, settings, logger, settings.work);
    closing.push(async () => jobs.current?.stop(drainMs));
    await stopped.promise;
    logger.info('stopping: finishing what is under way');
  } finally {
    for (const close of closing.reverse())
      await close().catch((error: unknown) => logger.error(error, 'could not close in good order'));
    clearInterval(flushing);
    logger.flush();
  }
}

const adoptionCheckMs = 20_000;

/** Has search change its encoder when `train-encoder` has adopted another one. */
function watchAdoption(
  settings: Settings,
  change: (spec: EncoderSpec) => Promise<void>,
  logger: Logger,
): NodeJS.Timeout {
  let known: string | undefined;
  const check = async (): Promise<void> => {
    const spec = await encoderOf(settings);
    const now = JSON.stringify(spec);
    if (known !== undefined && known !== now && spec !== undefined) {
      logger.info(spec, 'the encoder changes: the present one answers until every paper is encoded anew');
      await change(spec);
    }
    known = now;
  };
  const report = (error: unknown): void => logger.warn({ err: error }, 'the encoder could not be changed');
  check().catch(report);
  const timer = setInterval(() => void check().catch(report), adoptionCheckMs);
  timer.unref();
  return timer;
}

/** Does queued work until the process is told to stop. */
async function work(): Promise<void> {
  const settings = readSettings(process.env);
  if (settings.databaseUrl === undefined)
    throw new OffprintError(
      'bad-input',
      'A worker of its own needs a PostgreSQL server: set DATABASE_URL. With the embedded database, "offprint serve" does the work itself.',
    );
  const stopped = stopSignal();
  const logger = createLogger(settings.logLevel);
  const catalogue = await openCatalogue(settings);
  try {
    const jobs = await openJobs(catalogue, settings, logger, true);
    logger.info({ catalogue: catalogue.place }, 'the worker is ready');
    logger.flush();
    await stopped;
    await jobs.stop(drainMs);
  } finally {
    await catalogue.close();
    logger.flush();
  }
}

async function openJobs(
  catalogue: OpenCatalogue,
  settings: Settings,
  logger: Logger,
  works: boolean,
): Promise<Jobs> {
  const context = ingestContext(catalogue.db, settings, {
    log: (message, fields) => logger.info(fields, message),
  });
  const jobs = await startJobs(catalogue.connection, ingestJobDefinitions(context, settings), {
    work: works,
    onError: (error, job) => {
      const sentence = error instanceof OffprintError ? { reason: error.message } : { err: error };
      logger.warn(
        { ...sentence, job },
        job === undefined ? 'the job queue had a failure' : 'a job failed and will be tried again',
      );
    },
  });
  if (works) {
    await planIngest(context, ingestSettings(settings));
    for (const name of jobsAtStart(settings)) await jobs.enqueue(name);
  }
  return jobs;
}

/** A terminal tells npm and its child at once, and npm tells the child again: that is still one wish. */
const sameWishMs = 1_000;

/** Resolves at the first request to stop; another one after a while ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let askedAtMs: number | undefined;
    for (const name of ['SIGTERM', 'SIGINT'] as const)
      process.on(name, () => {
        if (askedAtMs !== undefined && performance.now() - askedAtMs > sameWishMs) process.exit(130);
        askedAtMs ??= performance.now();
        resolve();
      });
  });
}

// `backup`, `restore` and `dump`: the catalogue as a file and back.
import type { WriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { backup, countPapers, dumpRecords, restore } from '@offprint/catalogue';
import type { Command } from 'commander';
import { readableBytes, startProgress } from '../progress.ts';
import { withCatalogue } from '../run-command.ts';

/** File modes: a backup holds what readers keep to themselves, a dump is public. The umask still applies. */
const ownerOnly = 0o600;
const anyone = 0o666;

export function archiveCommands(program: Command): void {
  program
    .command('backup')
    .argument('<file>', 'where to write it; it appears only when it is complete')
    .description('write the whole database to one file, while the server runs')
    .action((file: string) =>
      withCatalogue(async ({ connection, signal }) => {
        const progress = startProgress('Backing up', readableBytes);
        const rows = await writeWhole(file, ownerOnly, (output) =>
          backup(connection, output, {
            signal,
            onProgress: ({ table, rows, bytes }) => progress.update(bytes, 0, `${table}, ${rows} rows`),
          }),
        ).finally(() => progress.stop());
        process.stdout.write(`Backed up ${rows} rows to ${file}.\n`);
      }),
    );

  program
    .command('restore')
    .argument('<file>', 'a backup')
    .option('--replace', 'give up the papers that are there now')
    .description('put a backup back; all of it or nothing')
    .action((file: string, options: { replace?: boolean }) =>
      withCatalogue(
        async ({ connection, signal }) => {
          const handle = await open(file);
          const progress = startProgress('Restoring', readableBytes);
          const rows = await restore(connection, handle.createReadStream(), {
            replace: options.replace === true,
            signal,
            onProgress: ({ table, rows, bytes }) => progress.update(bytes, 0, `${table}, ${rows} rows`),
          }).finally(() => progress.stop());
          process.stdout.write(`Restored ${rows} rows from ${file}.\n`);
        },
        { plant: false },
      ),
    );

  program
    .command('dump')
    .option('--jsonl', 'JSON Lines, one paper a line (the default)')
    .option('-o, --output <file>', 'write to a file instead of standard output; .zst or .gz compresses')
    .description('write the public data, readable by anyone and by "offprint import"')
    .action((options: { output?: string }) =>
      withCatalogue(async ({ db, signal }) => {
        const total = await countPapers(db);
        const progress = options.output === undefined ? undefined : startProgress('Dumping');
        let written = 0;
        async function* lines(): AsyncGenerator<string> {
          for await (const record of dumpRecords(db)) {
            signal.throwIfAborted();
            written += 1;
            progress?.update(written, total, 'papers');
            yield `${JSON.stringify(record)}\n`;
          }
        }
        if (options.output === undefined) {
          await pipeline(Readable.from(lines()), process.stdout, { end: false });
          return;
        }
        const file = options.output;
        await writeWhole(file, anyone, (output) =>
          file.endsWith('.zst')
            ? pipeline(lines, createZstdCompress(), output)
            : file.endsWith('.gz')
              ? pipeline(lines, createGzip(), output)
              : pipeline(lines, output),
        ).finally(() => progress?.stop());
        process.stdout.write(`Wrote ${written} papers to ${file}.\n`);
      }),
    );
}

/** Writes beside the file and renames at the end, so that no half-written file ever bears the name. */
async function writeWhole<T>(
  file: string,
  mode: number,
  write: (output: WriteStream) => Promise<T>,
): Promise<T> {
  const unfinished = `${file}.unfinished`;
  // Opened first, so that a place that cannot be written to is an error here and not an event later.
  const handle = await open(unfinished, 'w', mode);
  const output = handle.createWriteStream({ flush: true });
  try {
    const result = await write(output);
    await rename(unfinished, file);
    return result;
  } catch (error) {
    output.destroy();
    await rm(unfinished, { force: true });
    throw error;
  }
}

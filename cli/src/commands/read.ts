// `ls`, `show` and `open`: reading papers in the terminal.
import { spawn } from 'node:child_process';
import {
  adjacentFeedDays,
  type FeedEntry,
  newestFeedDay,
  OffprintError,
  openFeedDay,
  type Paper,
  parsePaperId,
  readFeed,
  readPaper,
} from '@offprint/catalogue';
import { type Command, InvalidArgumentError } from 'commander';
import { withCatalogue } from '../run-command.ts';
import { clip, terminalWidth, wrap } from '../terminal-text.ts';

const sorts = { votes: 'votes', newest: 'newest' } as const;

export function readCommands(program: Command): void {
  program
    .command('ls')
    .option('--date <day>', 'a feed day such as 2026-02-06; the newest one when left out', parseDay)
    .option('--sort <order>', 'votes or newest', parseSort, 'votes')
    .option('-n, --limit <count>', 'how many papers', parseCount, 50)
    .option('--json', 'one JSON object a line')
    .description('list the papers of a feed day')
    .action((options: { date?: string; sort: keyof typeof sorts; limit: number; json?: boolean }) =>
      withCatalogue(async ({ db, settings }) => {
        const day =
          options.date ??
          (await newestFeedDay(db, openFeedDay(Temporal.Now.instant(), settings.calendar).toString()));
        if (day === undefined)
          throw new OffprintError(
            'not-found',
            'No papers are listed yet: fill the catalogue with "offprint ingest rss".',
          );
        const { entries, total } = await readFeed(db, {
          from: day,
          to: day,
          crossLists: true,
          replacements: false,
          hasCode: false,
          sort: sorts[options.sort],
          limit: options.limit,
          offset: 0,
        });
        if (options.json === true) {
          for (const entry of entries) process.stdout.write(`${JSON.stringify(entry)}\n`);
          return;
        }
        if (total === 0) {
          const { previous, next } = await adjacentFeedDays(db, { from: day, to: day });
          const others = [previous, next].filter((other) => other !== null).join(' and ');
          throw new OffprintError(
            'not-found',
            `Nothing is listed on ${day}.${others === '' ? '' : ` The nearest feed days are ${others}.`}`,
          );
        }
        process.stdout.write(`${day} · ${total} papers\n\n${entries.map(line).join('\n')}\n`);
      }),
    );

  program
    .command('show')
    .argument('<id>', 'an arXiv id or address in any spelling')
    .option('--json', 'as JSON')
    .description('show one paper')
    .action((text: string, options: { json?: boolean }) =>
      withCatalogue(async ({ db }) => {
        const paper = await findPaper(db, text);
        process.stdout.write(options.json === true ? `${JSON.stringify(paper, null, 2)}\n` : page(paper));
      }),
    );

  program
    .command('open')
    .argument('<id>', 'an arXiv id or address in any spelling')
    .option('--print', 'only print the address')
    .description('open a paper of the running site in the browser')
    .action((text: string, options: { print?: boolean }) =>
      withCatalogue(async ({ db, settings }) => {
        const { id } = await findPaper(db, text);
        const address = `${settings.publicUrl}/papers/${id}`;
        process.stdout.write(`${address}\n`);
        if (options.print !== true) openInBrowser(address);
      }),
    );
}

async function findPaper(db: Parameters<typeof readPaper>[0], text: string): Promise<Paper> {
  const id = parsePaperId(text);
  if (id === undefined)
    throw new OffprintError(
      'bad-input',
      `"${clip(text, 60)}" is not a paper id: write one such as 2406.08607 or hep-th/9901001.`,
      { field: 'id' },
    );
  const paper = await readPaper(db, id);
  if (paper === undefined)
    throw new OffprintError(
      'not-found',
      `The catalogue has no paper ${id}: fetch it with "offprint ingest query --id ${id}".`,
      { field: 'id' },
    );
  return paper;
}

function line({ paper }: FeedEntry): string {
  const counts = `${String(paper.upvotes).padStart(4)} ▲`;
  return `${counts}  ${paper.id.padEnd(16)} ${clip(paper.title, Math.max(20, terminalWidth() - 26))}`;
}

function page(paper: Paper): string {
  const authors =
    paper.authors.length > 0
      ? paper.authors.map(({ name }) => name).join(', ')
      : `${paper.authorCount} authors`;
  const facts = [
    paper.withdrawn ? 'withdrawn' : '',
    paper.publishedAt?.slice(0, 10) ?? '',
    paper.categories.join(' '),
    `${paper.upvotes} votes, ${paper.commentCount} comments`,
    paper.licence ?? '',
  ].filter((fact) => fact !== '');
  const parts = [
    wrap(paper.title),
    wrap(authors),
    facts.join(' · '),
    ...paper.links.map(
      ({ kind, url, stars }) => `${kind}: ${url}${stars === null ? '' : ` (${stars} stars)`}`,
    ),
    ...(paper.abstract === null ? [] : [wrap(paper.abstract)]),
    ...paper.summaries.map(({ kind, body }) =>
      wrap(`${kind === 'ours' ? 'Offprint summary' : 'Upstream summary'}: ${body}`),
    ),
    ...(paper.listings.length === 0 ? [] : [`Listed on ${paper.listings.map(({ day }) => day).join(', ')}`]),
  ];
  return `${paper.id}\n\n${parts.join('\n\n')}\n`;
}

function openInBrowser(address: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address];
  const child = spawn(program ?? '', args, { stdio: 'ignore', detached: true });
  child.on('error', () => process.stderr.write('No browser could be opened here: open the address above.\n'));
  child.unref();
}

function parseDay(text: string): string {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    throw new InvalidArgumentError('Write a date such as 2026-02-06.');
  }
}

function parseSort(text: string): keyof typeof sorts {
  if (text === 'votes' || text === 'newest') return text;
  throw new InvalidArgumentError('Choose votes or newest.');
}

/** A whole number from 1 to 1000. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new InvalidArgumentError('Write a whole number from 1 to 1000.');
  return count;
}

// `topic`: saved queries and sets of examples that read as a feed.
import { listTopics, OffprintError, parsePaperId, removeTopic, saveTopic } from '@offprint/catalogue';
import type { Command } from 'commander';
import { withCatalogue } from '../run-command.ts';
import { plain } from '../terminal-text.ts';

export function topicCommands(program: Command): void {
  const topic = program.command('topic').description('saved searches that read as a feed');
  topic
    .command('add')
    .argument('<title>', 'how the topic is called')
    .option('-q, --query <query>', 'a query as in the search box', '')
    .option('--like <ids...>', 'papers that the topic should be like', [])
    .option('--slug <slug>', "the end of the topic's address; made of the title when left out")
    .description('add a topic, or change the one of that address')
    .action((title: string, options: { query: string; like: string[]; slug?: string }) =>
      withCatalogue(async ({ db, settings }) => {
        const name = title.trim();
        const slug = options.slug ?? slugOf(name);
        check(name.length >= 1 && name.length <= 120, 'title', 'A title has between 1 and 120 characters.');
        check(
          /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && slug.length <= 60,
          'slug',
          'Give the topic an address of lower-case letters, digits and hyphens with --slug.',
        );
        check(options.query.length <= 250, 'query', 'A query has at most 250 characters.');
        const examples = options.like.map((text) => {
          const id = parsePaperId(text);
          if (id === undefined)
            throw new OffprintError('bad-input', `"${plain(text).slice(0, 60)}" is not a paper id.`, {
              field: 'like',
            });
          return id;
        });
        check(
          options.query.trim() !== '' || examples.length > 0,
          'query',
          'A topic needs a query (--query) or papers that it is like (--like).',
        );
        check(examples.length <= 20, 'like', 'A topic has at most 20 examples.');
        const outcome = await saveTopic(db, { slug, title: name, query: options.query.trim(), examples });
        process.stdout.write(`${outcome}: ${settings.publicUrl}/topics/${slug}\n`);
      }),
    );
  topic
    .command('ls')
    .option('--json', 'as JSON')
    .description('list the topics')
    .action((options: { json?: boolean }) =>
      withCatalogue(async ({ db }) => {
        const topics = await listTopics(db);
        if (options.json === true) process.stdout.write(`${JSON.stringify(topics, null, 2)}\n`);
        else if (topics.length === 0)
          process.stderr.write(
            'There is no topic yet: add one with "offprint topic add TITLE --query QUERY".\n',
          );
        else
          for (const { slug, title, query, examples } of topics)
            process.stdout.write(
              `${slug.padEnd(24)} ${plain(title)}  ${plain([query, ...examples.map((id) => `like ${id}`)].filter((part) => part !== '').join(', '))}\n`,
            );
      }),
    );
  topic
    .command('rm')
    .argument('<slug>', "the end of the topic's address")
    .description('remove a topic; its papers stay')
    .action((slug: string) =>
      withCatalogue(async ({ db }) => {
        if (!(await removeTopic(db, slug)))
          throw new OffprintError(
            'not-found',
            `There is no topic ${plain(slug).slice(0, 60)}: "offprint topic ls" lists them.`,
          );
      }),
    );
}

function check(holds: boolean, field: string, sentence: string): void {
  if (!holds) throw new OffprintError('bad-input', sentence, { field });
}

function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}

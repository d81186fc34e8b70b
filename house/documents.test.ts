// The documents are held to the program: settings, commands and links that a reader follows exist as they are written.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../cli/src/offprint.ts';
import { readSettings } from '../cli/src/settings.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const files = globSync('**/*.md', {
  cwd: root,
  exclude: (name) => /(^|\/)(node_modules|dist|data|coverage|\.[^/]+)(\/|$)/.test(name),
}).sort();
const documents = files.map((file) => ({ file, text: read(file) }));

/** The variables of the settings' schema. */
const settings = [...read('cli/src/settings.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(
  ([, name = '']) => name,
);

/** Variables that are no settings of the program. */
const ofTestsAndBenchmarks = new Set(
  globSync(['*/src/testing/*.ts', 'bench/*.ts'], { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(/process\.env\.(OFFPRINT_[A-Z_]+)/g)].map(([, name = '']) => name),
  ),
);

describe('the documents', () => {
  it('are found', () => {
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'docs/install.md', 'docs/operate.md', 'docs/api.md']),
    );
  });

  it('begin with the two commands that are all one needs', () => {
    expect(/```sh\n([\s\S]*?)```/.exec(read('README.md'))?.[1]).toBe('npm ci && npm start\nnpm test\n');
  });

  it.each(documents)('$file leads nowhere that is not there', ({ file, text }) => {
    const missing = linksOf(text).filter((link) => !leadsSomewhere(file, link));
    expect(missing).toEqual([]);
  });

  it.each(documents)('$file names no place on the machine it was written on', ({ text }) => {
    expect(text.match(/(?<![\w.])\/(?:work|root|home|Users)\/\S*/g) ?? []).toEqual([]);
    expect(text).not.toContain(root);
  });

  it.each(documents)('$file uses no command and no option that the program does not have', ({ text }) => {
    expect(invocationsOf(text).flatMap((words) => complaint(words) ?? [])).toEqual([]);
  });

  it('show the commands of the program, all of which are checked above', () => {
    const calls = documents.flatMap(({ text }) => invocationsOf(text).map(([command]) => command));
    const own = program().commands.map((command) => command.name());
    expect(own.filter((name) => !calls.includes(name) && name !== 'open')).toEqual([]);
  });

  it.each(documents)('$file names no setting that is not read', ({ text }) => {
    const named = text.match(/\bOFFPRINT_[A-Z_]+\b/g) ?? [];
    expect(named.filter((name) => !settings.includes(name) && !ofTestsAndBenchmarks.has(name))).toEqual([]);
  });
});

describe('the table of settings', () => {
  const rows = [...read('docs/operate.md').matchAll(/^\| `([A-Z][A-Z_]+)` \| (.*?) \|/gm)].map(
    ([, name = '', normal = '']) => [name, normal.replaceAll('`', '')] as const,
  );

  it('has every variable once and no other', () => {
    expect(settings.length).toBeGreaterThan(10);
    expect(rows.map(([name]) => name).sort()).toEqual([...settings].sort());
  });

  it('tells the defaults as they are', () => {
    // Writing a default down must be the same as leaving the variable out.
    const told = rows.filter(([, normal]) => normal !== 'none' && !normal.startsWith('the '));
    expect(readSettings(Object.fromEntries(told))).toEqual(readSettings({}));
    expect(told.length).toBeGreaterThan(10);
  });

  it('says none only of what is unset without a value', () => {
    const { databaseUrl, upstream, trustedProxies, allowHosts } = readSettings({});
    const none = rows.filter(([, normal]) => normal === 'none').map(([name]) => name);
    expect({ databaseUrl, upstream, trustedProxies, allowHosts }).toEqual({
      databaseUrl: undefined,
      upstream: undefined,
      trustedProxies: [],
      allowHosts: [],
    });
    expect(none.sort()).toEqual(
      ['DATABASE_URL', 'OFFPRINT_ALLOW_HOSTS', 'OFFPRINT_TRUSTED_PROXIES', 'OFFPRINT_UPSTREAM'].sort(),
    );
  });
});

/** Targets of links to other files and headings, not to the web. */
function linksOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(file: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(root, target))) return false;
  if (heading === undefined) return true;
  const headings = [...withoutCode(read(target)).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return headings.includes(heading);
}

/** The text without its code blocks, whose brackets are no links and whose comments are no headings. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '');
}

/** The words after `offprint` wherever a document shows how it is called. */
function invocationsOf(text: string): string[][] {
  const blocks = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].flatMap(([, body = '']) =>
    body.split('\n'),
  );
  const spans = [...withoutCode(text).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  const calls = [
    ...blocks.flatMap((line) => [
      ...line.matchAll(/(?:npx |\.bin\/|offprint -- |(?=offprint\.js))(?:offprint(?:\.js)?) ?([^#|>&]*)/g),
    ]),
    ...spans.flatMap((span) => [
      ...span.matchAll(/^(?:[A-Z_]+=\S+ )*(?:npx |\S*\/)?offprint(?:\.js)? ([^#|>&]*)$/g),
    ]),
    ...blocks.flatMap((line) => [...line.matchAll(/npm run (?:--silent )?offprint -- ([^#|>&]*)/g)]),
  ];
  return calls.map(([, words = '']) => words.split(/\s+/).filter((word) => word !== '' && word !== '…'));
}

/** What is wrong with a call, if anything. */
function complaint(words: readonly string[]): string | undefined {
  let command = program();
  let position = 0;
  for (; position < words.length; position += 1) {
    const next = command.commands.find((candidate) => candidate.name() === words[position]);
    if (next === undefined) break;
    command = next;
  }
  const rest = words.slice(position);
  if (command.commands.length > 0 && rest[0] !== undefined && !rest[0].startsWith('-'))
    return `${words.join(' ')}: there is no command ${rest[0]}`;
  const known = ['--help', '--version', ...command.options.flatMap(({ long, short }) => [long, short])];
  const odd = rest.find((word) => /^--?[a-z]/.test(word) && !known.includes(word));
  return odd === undefined ? undefined : `${words.join(' ')}: there is no option ${odd}`;
}

const program = (): Command => createProgram();

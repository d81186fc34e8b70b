import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './testing/free-port.ts';
import { offprint, serve } from './testing/offprint-process.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'offprint-cli-'));
  await chmod(parent, 0o755);
});
afterAll(() => rm(parent, { recursive: true, force: true }));

describe('offprint serve', () => {
  it('shows the 39 starter papers on the very first start, joins other commands, refuses a second server and ends in good order', async () => {
    const OFFPRINT_DATA = join(parent, 'data');
    const server = await serve({ OFFPRINT_DATA });
    const home = await (await fetch(server.url)).text();
    expect(home).toContain('6 February 2026');
    expect(home).toContain('39 papers');
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(200);

    const listed = await offprint(['ls', '--limit', '3'], { OFFPRINT_DATA }).finished;
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toMatch(/^2026-02-06 · 39 papers/);

    const file = join(parent, 'one.jsonl');
    await writeFile(
      file,
      `${JSON.stringify({ id: '2602.00001', title: 'Brought while the server runs', listings: [{ day: '2026-02-06', feed: 'daily', announce: 'new' }] })}\n`,
    );
    const imported = await offprint(['import', file], { OFFPRINT_DATA }).finished;
    expect(imported.stdout).toMatch(/1 new/);
    // The page was kept; the change must reach it without anybody asking.
    await expect
      .poll(async () => (await fetch(server.url)).text())
      .toContain('Brought while the server runs');

    const second = await offprint(['serve'], { OFFPRINT_DATA, PORT: String(await freePort()) }).finished;
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/^Another Offprint server is already running on .*OFFPRINT_DATA.*\.\n$/);

    // As a terminal's Ctrl-C does it under npm, which passes the signal on to a child that had it already.
    server.child.kill('SIGINT');
    server.child.kill('SIGINT');
    expect(await server.finished).toMatchObject({ code: 0, signal: null });
    expect(server.output()).toContain('Offprint is ready');
  });

  it('says in one sentence why it cannot start', async () => {
    const server = await serve({ OFFPRINT_DATA: join(parent, 'a') });
    const cases: [Record<string, string>, RegExp][] = [
      [{ OFFPRINT_DATA: join(parent, 'b'), PORT: new URL(server.url).port }, /^Port \d+ is already taken/],
      [{ OFFPRINT_DATA: '/proc/nowhere' }, /^The data folder \/proc\/nowhere cannot be used/],
      [{ PORT: '99999', OFFPRINT_DATA: parent }, /^The environment variable PORT/],
      [{ OFFPRINT_ZONE: 'Mars/Olympus', OFFPRINT_DATA: parent }, /OFFPRINT_ZONE must be a time zone/],
      [
        { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
        /^The database .* cannot be used because nothing answers there/,
      ],
      [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL must begin with postgres/],
      [{ DATABASE_URL: 'postgres://u:p w@h:99999/x' }, /DATABASE_URL must be an address such as/],
    ];
    for (const [environment, sentence] of cases) {
      const { code, stderr } = await offprint(['serve'], environment).finished;
      expect(stderr).toMatch(sentence);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(code).toBe(1);
    }
    server.child.kill('SIGTERM');
    await server.finished;
  });
});

describe('the command line', () => {
  it('answers every mistake with a sentence and loses nothing', async () => {
    const OFFPRINT_DATA = join(parent, 'mistakes');
    const mistakes: [string[], RegExp][] = [
      [['show', 'zzz'], /is not a paper id/],
      [['show', '2406.99999'], /ingest query --id 2406.99999/],
      [['ls', '--date', '2026-02-30'], /Write a date/],
      [['ls', '--date', '2026-02-07'], /nearest feed days are 2026-02-06/],
      [['import', '/nowhere.jsonl'], /no such file|cannot be read|does not exist/i],
      [['restore', '/nowhere'], /There is no such file/],
      [['restore', parent], /That is a folder/],
      [['ingest', 'query'], /--id|--search/],
      [['ingest', 'daily'], /--upstream/],
      [['backup', '/proc/x/y'], /There is no such file|cannot be written/],
      [['frobnicate'], /there is no command 'frobnicate'/],
    ];
    for (const [args, sentence] of mistakes) {
      const { code, stderr } = await offprint(args, { OFFPRINT_DATA }).finished;
      expect(stderr, args.join(' ')).toMatch(sentence);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(code, args.join(' ')).not.toBe(0);
    }
    const useless = join(parent, 'useless.jsonl');
    await writeFile(useless, '{"id":"nonsense id","title":"x"}\nnot JSON\n');
    const refused = await offprint(['import', useless], { OFFPRINT_DATA }).finished;
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stdout).toMatch(/2 refused/);
    const { stdout } = await offprint(['status', '--json'], { OFFPRINT_DATA }).finished;
    expect(JSON.parse(stdout)).toMatchObject({ papers: 39 });
  });

  it('carries a catalogue from one place to another by dump and import, and by backup and restore', async () => {
    const from = { OFFPRINT_DATA: join(parent, 'from') };
    const dump = join(parent, 'papers.jsonl.zst');
    const file = join(parent, 'papers.offprint');
    expect((await offprint(['dump', '-o', dump], from).finished).stdout).toMatch(/Wrote 39 papers/);
    expect((await offprint(['backup', file], from).finished).stdout).toMatch(/Backed up/);
    const original = (await offprint(['dump'], from).finished).stdout;
    for (const [name, args] of [
      ['imported', ['import', dump]],
      ['restored', ['restore', file]],
    ] as const) {
      const to = { OFFPRINT_DATA: join(parent, name) };
      expect(await offprint(args, to).finished).toMatchObject({ code: 0 });
      expect((await offprint(['dump'], to).finished).stdout).toBe(original);
    }
  });
});

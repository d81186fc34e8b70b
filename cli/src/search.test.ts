// What the terminal's search promises, tried as a process on a data folder of its own.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offprint, serve } from './testing/offprint-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-search-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  offprint(args, { OFFPRINT_DATA: join(folder, 'data'), OFFPRINT_ENCODER: 'off' }).finished;

describe('search in the terminal', () => {
  it('finds the starter papers before any server has run', async () => {
    const { code, stdout } = await run('search', 'retention');
    expect(code).toBe(0);
    expect(stdout).toContain('2512.03324');
  });

  it('tells scripts everything and people what to do', async () => {
    const json = await run('search', 'retention', '--json', '--explain', '-n', '1');
    expect(JSON.parse(json.stdout)).toMatchObject({
      mode: 'words',
      hits: [{ explanation: { fusion: 'none' } }],
    });
    expect(await run('search', 'wombatology')).toMatchObject({ code: 0, stdout: '' });
    expect(await run('search', ' ')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Say what to search/),
    });
    expect((await run('search', 'arXiv:2512.03324v1')).stdout).toMatch(/^.*2512\.03324.*\n$/);
    expect((await run('search', 'x', '-n', '0')).code).toBe(1);
    expect((await run('search', 'x', '--mode', 'magic')).stderr).toMatch(/Choose hybrid, words, meaning/);
  });

  it('keeps topics', async () => {
    expect((await run('topic', 'add', 'Small Caches!', '--query', 'cache')).stdout).toMatch(
      /added: .*\/topics\/small-caches\n$/,
    );
    expect(
      (await run('topic', 'add', 'Small caches', '--query', 'cache', '--like', '2512.03324')).stdout,
    ).toMatch(/^changed/);
    expect((await run('topic', 'ls')).stdout).toContain('like 2512.03324');
    expect((await run('topic', 'add', 'Schrödinger bridges', '--query', 'bridge')).stdout).toContain(
      '/topics/schrodinger-bridges\n',
    );
    expect((await run('topic', 'add', '???', '--query', 'x')).stderr).toMatch(/--slug/);
    expect((await run('topic', 'add', 'Nothing')).stderr).toMatch(/needs a query/);
    expect((await run('topic', 'rm', 'small-caches')).code).toBe(0);
    expect((await run('topic', 'rm', 'small-caches')).stderr).toMatch(/There is no topic/);
  });
});

describe('search of a server', () => {
  it('survives being killed while it indexes, again and again', async () => {
    const environment = { OFFPRINT_DATA: join(folder, 'killed') };
    for (let round = 0; round < 3; round += 1) {
      const server = await serve(environment);
      await new Promise((resolve) => setTimeout(resolve, 200 + 400 * round));
      server.child.kill('SIGKILL');
      await server.finished;
    }
    const server = await serve(environment);
    const search = async (): Promise<string> =>
      (await fetch(`${server.url}/api/papers/search?q=keeping+what+was+learnt&limit=5`)).text();
    await expect.poll(search).toContain('"paper"');
    await expect
      .poll(async () => (await fetch(`${server.url}/api/search?q=retention&explain=1`)).text())
      .toContain('"meaning"');
    server.child.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
  });
});

describe('eval', () => {
  const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
  it('measures a judged collection, writes runs, and says which file is wrong where', async () => {
    const collection = join(folder, 'tiny');
    await mkdir(collection);
    await writeFile(
      join(collection, 'corpus.jsonl'),
      line({ _id: 'a', title: 'Wombats', text: 'They dig.' }) +
        line({ _id: 'b', title: 'Numbats', text: 'They eat.' }),
    );
    await writeFile(join(collection, 'queries.jsonl'), line({ _id: 'q', text: 'wombats' }));
    await writeFile(join(collection, 'qrels.tsv'), 'query-id\tcorpus-id\tscore\nq\ta\t1\n');
    const good = await run('eval', collection, '--json', '--run-files', join(folder, 'runs'));
    expect(JSON.parse(good.stdout).collections[0].systems[0]).toMatchObject({
      name: 'words',
      means: { 'nDCG@10': 1 },
    });
    expect(await readFile(join(folder, 'runs', 'tiny.words.run'), 'utf8')).toMatch(/^q Q0 a 1 /);
    await writeFile(join(collection, 'corpus.jsonl'), '{"_id": \n');
    const bad = await run('eval', collection);
    expect(bad.code).toBe(1);
    expect(bad.stdout + bad.stderr).toMatch(/corpus\.jsonl.*1/);
    expect((await run('eval', collection, '--systems', 'magic')).stderr).toMatch(/There is no system magic/);
  });
});

describe('train-encoder', () => {
  it('says before any training which judged collection cannot be read', async () => {
    const { code, stderr } = await run('train-encoder', '--judged', join(folder, 'nothing'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/nothing has no corpus\.jsonl/);
    expect((await run('train-encoder', '--judged', 'a/x', 'b/x')).stderr).toMatch(/named x/);
  });

  it('says in one sentence that a handful of papers is too few, and leaves nothing adopted', async () => {
    const { code, stderr } = await offprint(['train-encoder'], { OFFPRINT_DATA: join(folder, 'data') })
      .finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(/papers/);
    await expect(readFile(join(folder, 'data', 'encoders', 'adopted.json'))).rejects.toThrow();
  });
});

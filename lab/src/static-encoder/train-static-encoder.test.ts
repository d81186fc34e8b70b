// Training a student in a small invented world: it learns, it repeats itself, it stops when told.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadStaticEncoder, saveStaticEncoder } from '@offprint/search';
import { describe, expect, it } from 'vitest';
import { topicPapers, topicTeacher, topicVocabulary } from './testing/topic-papers.ts';
import { trainAndJudge } from './train-and-judge.ts';
import { trainStaticEncoder } from './train-static-encoder.ts';

const world = { pieces: topicVocabulary(), dimensions: 16, seed: 3 };
const papers = topicPapers(300);
const lists = { listwise: 1, contrast: 0.1 };

describe('training a student', () => {
  it('places papers that it has never seen closer to where its teacher does than its start', async () => {
    const held = topicPapers(360)
      .slice(300)
      .flatMap(({ title, abstract }) => [title, abstract]);
    const teacher = topicTeacher();
    const wanted = await teacher.encode(held);
    const agreement = async (regression: boolean) => {
      const options = { ...world, dimensions: 32, papers, teacher, arm: { regression } };
      const vectors = await (await trainStaticEncoder(options)).encoder.encode(held);
      return vectors.reduce((sum, value, i) => sum + value * (wanted[i] ?? 0), 0) / held.length;
    };
    expect(await agreement(true)).toBeGreaterThan((await agreement(false)) + 0.02);
  });

  it('comes closer to its teacher on lists that were held out', async () => {
    const { summary } = await trainStaticEncoder({
      ...world,
      papers,
      teacher: topicTeacher(),
      arm: { lists },
      steps: 40,
      peak: 3e-3,
    });
    expect(summary.lists?.development).toBeGreaterThan(5);
    expect(summary.developmentKl?.after).toBeLessThan(summary.developmentKl?.before ?? 0);
  });

  it('gives the same encoder for the same papers and seed, and another for another seed', async () => {
    const fingerprint = async (seed: number) => {
      const options = { ...world, papers, teacher: topicTeacher(), arm: { lists }, steps: 10, peak: 3e-3 };
      return (await trainStaticEncoder({ ...options, seed })).encoder.fingerprint;
    };
    expect(await fingerprint(3)).toBe(await fingerprint(3));
    expect(await fingerprint(4)).not.toBe(await fingerprint(3));
  });

  it('goes on with the teacher’s vectors where it was stopped', async () => {
    const cacheFolder = await mkdtemp(join(tmpdir(), 'student-'));
    try {
      const stop = new AbortController();
      const onProgress = ({ stage }: { stage: string }) =>
        stage === 'regression' && stop.abort(new Error('enough'));
      const options = { ...world, papers, cacheFolder };
      const stopped = trainStaticEncoder({
        ...options,
        teacher: topicTeacher(),
        onProgress,
        signal: stop.signal,
      });
      await expect(stopped).rejects.toThrow('enough');
      const teacher = topicTeacher();
      const { encoder } = await trainStaticEncoder({ ...options, teacher });
      expect(teacher.asked()).toBe(0);
      const fresh = await trainStaticEncoder({ ...world, papers, teacher: topicTeacher() });
      expect(encoder.fingerprint).toBe(fresh.encoder.fingerprint);
    } finally {
      await rm(cacheFolder, { recursive: true });
    }
  });

  it('refuses a catalogue too small to learn from, with a sentence that says so', async () => {
    const few = trainStaticEncoder({ ...world, papers: topicPapers(20), teacher: topicTeacher() });
    await expect(few).rejects.toMatchObject({ code: 'bad-input', field: 'papers' });
  });

  it('makes an encoder whose file gives the same vectors', async () => {
    const { encoder } = await trainStaticEncoder({ ...world, papers, teacher: topicTeacher() });
    const folder = await mkdtemp(join(tmpdir(), 'student-'));
    try {
      await saveStaticEncoder(encoder, join(folder, 'student.enc'));
      const loaded = await loadStaticEncoder(join(folder, 'student.enc'));
      const texts = papers.slice(0, 5).map(({ title }) => title);
      expect(await loaded.encode(texts)).toEqual(await encoder.encode(texts));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('judging a student', () => {
  it('reports every system on held-out titles, both speeds and the verdict of the rule', async () => {
    const { report, rule } = await trainAndJudge({ ...world, papers, teacher: topicTeacher() });
    const [titles] = report.evaluation.collections;
    expect(titles?.systems.map(({ name }) => name)).toEqual([
      'bm25',
      'teacher',
      'teacher+bm25',
      'student',
      'student+bm25',
    ]);
    expect(titles?.queries).toBe(30);
    expect(report.speed.student).toBeGreaterThan(0);
    expect(report.verdict.sentence).toMatch(/dopted/);
    expect(rule).toContain('98 %');
  });

  it('measures the speed of the teacher that computes, not of the one that looks up', async () => {
    const teacher = topicTeacher();
    const computing = topicTeacher();
    await trainAndJudge({ ...world, papers, teacher, computing });
    expect(computing.asked()).toBeGreaterThan(0);
  });
});

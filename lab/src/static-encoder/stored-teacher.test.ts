// What the teacher said before is looked up and not computed again.
import { memoryVectorStore } from '@offprint/search';
import { describe, expect, it } from 'vitest';
import { storedTeacher } from './stored-teacher.ts';
import { topicPapers, topicTeacher } from './testing/topic-papers.ts';

describe('a teacher with a store', () => {
  it('gives the vectors of the teacher alone, and asks it for each text once', async () => {
    const teacher = topicTeacher();
    const stored = storedTeacher(teacher, memoryVectorStore(teacher.dimensions));
    const titles = topicPapers(6).map(({ title }) => title);
    const first = await stored.encode(titles.slice(0, 3));
    expect(teacher.asked()).toBe(3);
    const all = await stored.encode([...titles].reverse());
    expect(teacher.asked()).toBe(6);
    expect(all).toEqual(await topicTeacher().encode([...titles].reverse()));
    expect(first).toEqual(await topicTeacher().encode(titles.slice(0, 3)));
  });
});

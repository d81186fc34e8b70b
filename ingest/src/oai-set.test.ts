import { expect, it } from 'vitest';
import { oaiSetOf } from './oai-set.ts';

it('names the set of a category as arXiv lists them', () => {
  expect(['cs.LG', 'cs', 'stat.ML', 'hep-th', 'astro-ph.GA', 'q-bio.NC'].map(oaiSetOf)).toEqual([
    'cs:cs:LG',
    'cs',
    'stat:stat:ML',
    'physics:hep-th',
    'physics:astro-ph:GA',
    'q-bio:q-bio:NC',
  ]);
});

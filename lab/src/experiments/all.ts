// Every experiment of the lab, by the number of its paper; a new one is a line here.
import type { Tried } from '../experiment/tried.ts';
import { claim as limitingConfidence } from './20-limiting-confidence/claim.ts';
import { claim as lrAnnealing } from './28-lr-annealing/claim.ts';
import { claim as multiSampleDropout } from './37-multi-sample-dropout/claim.ts';

export const experiments: readonly Tried[] = [
  {
    id: '20-limiting-confidence',
    claim: limitingConfidence,
    loadExperiment: async () => (await import('./20-limiting-confidence/experiment.ts')).experiment,
    loadPage: async () => (await import('./20-limiting-confidence/page.ts')).page,
  },
  {
    id: '28-lr-annealing',
    claim: lrAnnealing,
    loadExperiment: async () => (await import('./28-lr-annealing/experiment.ts')).experiment,
    loadPage: async () => (await import('./28-lr-annealing/page.ts')).page,
  },
  {
    id: '37-multi-sample-dropout',
    claim: multiSampleDropout,
    loadExperiment: async () => (await import('./37-multi-sample-dropout/experiment.ts')).experiment,
    loadPage: async () => (await import('./37-multi-sample-dropout/page.ts')).page,
  },
];

/** The experiment of a paper's number in the starter catalogue, or of its arXiv id. */
export function findExperiment(paper: number | string): Tried | undefined {
  return experiments.find(({ claim }) => claim.paper.number === paper || claim.paper.id === paper);
}

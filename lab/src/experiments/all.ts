// Every experiment of the lab, by the number of its paper; a new one is an entry here.
import type { Tried } from '../experiment/tried.ts';
import { claim as claim19 } from './19-z-loss/claim.ts';
import { claim as claim20 } from './20-limiting-confidence/claim.ts';
import { claim as claim24 } from './24-repeated-data/claim.ts';
import { claim as claim25 } from './25-wsd-river-valley/claim.ts';
import { claim as claim27 } from './27-stability-gap/claim.ts';
import { claim as claim28 } from './28-lr-annealing/claim.ts';
import { claim as claim33 } from './33-truly-forgetting/claim.ts';
import { claim as claim35 } from './35-llms-in-the-icu/claim.ts';
import { claim as claim37 } from './37-multi-sample-dropout/claim.ts';

export const experiments: readonly Tried[] = [
  {
    id: '19-z-loss',
    claim: claim19,
    loadExperiment: async () => (await import('./19-z-loss/experiment.ts')).experiment,
    loadPage: async () => (await import('./19-z-loss/page.ts')).page,
  },
  {
    id: '20-limiting-confidence',
    claim: claim20,
    loadExperiment: async () => (await import('./20-limiting-confidence/experiment.ts')).experiment,
    loadPage: async () => (await import('./20-limiting-confidence/page.ts')).page,
  },
  {
    id: '24-repeated-data',
    claim: claim24,
    loadExperiment: async () => (await import('./24-repeated-data/experiment.ts')).experiment,
    loadPage: async () => (await import('./24-repeated-data/page.ts')).page,
  },
  {
    id: '25-wsd-river-valley',
    claim: claim25,
    loadExperiment: async () => (await import('./25-wsd-river-valley/experiment.ts')).experiment,
    loadPage: async () => (await import('./25-wsd-river-valley/page.ts')).page,
  },
  {
    id: '27-stability-gap',
    claim: claim27,
    loadExperiment: async () => (await import('./27-stability-gap/experiment.ts')).experiment,
    loadPage: async () => (await import('./27-stability-gap/page.ts')).page,
  },
  {
    id: '28-lr-annealing',
    claim: claim28,
    loadExperiment: async () => (await import('./28-lr-annealing/experiment.ts')).experiment,
    loadPage: async () => (await import('./28-lr-annealing/page.ts')).page,
  },
  {
    id: '33-truly-forgetting',
    claim: claim33,
    loadExperiment: async () => (await import('./33-truly-forgetting/experiment.ts')).experiment,
    loadPage: async () => (await import('./33-truly-forgetting/page.ts')).page,
  },
  {
    id: '35-llms-in-the-icu',
    claim: claim35,
    loadExperiment: async () => (await import('./35-llms-in-the-icu/experiment.ts')).experiment,
    loadPage: async () => (await import('./35-llms-in-the-icu/page.ts')).page,
  },
  {
    id: '37-multi-sample-dropout',
    claim: claim37,
    loadExperiment: async () => (await import('./37-multi-sample-dropout/experiment.ts')).experiment,
    loadPage: async () => (await import('./37-multi-sample-dropout/page.ts')).page,
  },
];

/** The experiment of a paper's number in the starter catalogue, or of its arXiv id. */
export function findExperiment(paper: number | string): Tried | undefined {
  return experiments.find(({ claim }) => claim.paper.number === paper || claim.paper.id === paper);
}

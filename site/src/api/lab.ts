// GET /api/lab and GET /api/lab/{number}: which papers were tried, and the stored result of one.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { OffprintError } from '@offprint/catalogue';
import type { StoredResult } from '@offprint/lab';
import type { SiteEnv } from '../http/request-environment.ts';
import { findTrial, listTrials, stateOf } from '../lab/trial.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { refusals } from './refusals.ts';

/** JSON has no number for what a diverging arm measures. */
const measureSchema = z
  .union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])
  .openapi('Measure', { description: 'A number, or the word for what is none.' });

const verdictSchema = z.enum(['confirmed', 'refuted', 'undecided']);

const findingSchema = z
  .object({
    name: z.string(),
    estimate: measureSchema,
    low: measureSchema
      .optional()
      .describe('The lower end of the interval, of 95 % where the name says nothing else.'),
    high: measureSchema.optional(),
    unit: z.string().optional(),
    criterion: z.string().optional().describe('What the rule asks of it; left out where it only informs.'),
    holds: z.boolean().optional(),
  })
  .openapi('Finding');

const trialSchema = z
  .object({
    number: z.int().describe('The place of the paper in the starter catalogue.'),
    paperId: z.string(),
    title: z.string(),
    url: z.string(),
    state: z.enum(['confirmed', 'refuted', 'undecided', 'not-run', 'not-tried']),
    claim: z.string().optional(),
    rule: z.object({ confirmed: z.string(), refuted: z.string() }).optional(),
    scale: z.string().optional(),
    sentence: z.string().optional().describe('What was found.'),
    findings: z.array(findingSchema).optional(),
    finishedAt: z.iso.datetime().optional(),
  })
  .openapi('Trial');

const resultSchema = z
  .object({
    format: z.literal(1),
    id: z.string(),
    size: z.enum(['smoke', 'short', 'full']),
    code: z.string().describe('SHA-256 of the code that ran.'),
    versions: z.record(z.string(), z.string()),
    machine: z.object({
      processor: z.string(),
      cores: z.int(),
      memoryBytes: z.number(),
      platform: z.string(),
      device: z.string(),
    }),
    startedAt: z.string(),
    finishedAt: z.string(),
    wallSeconds: z.number(),
    cpuSeconds: z.number(),
    runs: z.array(
      z.object({
        arm: z.string(),
        seed: z.int(),
        metrics: z.record(z.string(), measureSchema),
        wallSeconds: z.number(),
        cpuSeconds: z.number(),
      }),
    ),
    series: z.array(
      z.object({
        arm: z.string(),
        seed: z.int(),
        name: z.string(),
        x: z.array(measureSchema),
        y: z.array(measureSchema),
      }),
    ),
    decision: z.object({ verdict: verdictSchema, sentence: z.string(), findings: z.array(findingSchema) }),
  })
  .openapi('LabResult');

const tags = ['lab'];

const listRoute = createRoute({
  method: 'get',
  path: '/api/lab',
  summary: 'Every paper of the starter catalogue and what its trial said',
  tags,
  responses: {
    200: {
      description: 'The papers in the order of the starter catalogue.',
      content: { 'application/json': { schema: z.array(trialSchema) } },
    },
    ...refusals(429),
  },
});

const resultRoute = createRoute({
  method: 'get',
  path: '/api/lab/{number}',
  summary: 'The stored result of a trial: every run, every curve, and the decision',
  tags,
  request: {
    params: z.object({
      number: z
        .string()
        .regex(/^\d{1,3}$/, { error: 'number must be the number of a paper in the starter catalogue.' })
        .openapi({ param: { name: 'number', in: 'path' }, example: '28' }),
    }),
  },
  responses: {
    200: {
      description: 'The result of the last full run.',
      content: { 'application/json': { schema: resultSchema } },
    },
    ...refusals(400, 404, 429),
  },
});

/** Adds the routes. */
export function addLab(app: OpenAPIHono<SiteEnv>, deps: SiteDependencies): void {
  app.openapi(listRoute, async (c) => {
    const trials = await listTrials(deps);
    return c.json(
      trials.map(({ number, paper, trial }) => ({
        number,
        paperId: paper.id,
        title: paper.title,
        url: `${deps.publicUrl}/papers/${paper.id}`,
        state: stateOf(trial),
        ...(trial === undefined
          ? {}
          : {
              claim: trial.tried.claim.statement,
              rule: trial.tried.claim.rule,
              scale: trial.tried.claim.scale,
            }),
        ...(trial?.result === undefined
          ? {}
          : {
              sentence: trial.result.decision.sentence,
              findings: trial.result.decision.findings.map(findingJson),
              finishedAt: trial.result.finishedAt,
            }),
      })),
      200,
    );
  });
  app.openapi(resultRoute, async (c) => {
    const trial = await findTrial(deps, Number(c.req.valid('param').number));
    if (trial?.result === undefined)
      throw new OffprintError(
        'not-found',
        'No full run of that number is stored: see /api/lab for those that are.',
        {
          field: 'number',
        },
      );
    const { runs, series, decision, ...rest } = trial.result;
    return c.json(
      {
        ...rest,
        runs: runs.map((run) => ({
          ...run,
          metrics: Object.fromEntries(
            Object.entries(run.metrics).map(([name, value]) => [name, measureJson(value)]),
          ),
        })),
        series: series.map((each) => ({ ...each, x: each.x.map(measureJson), y: each.y.map(measureJson) })),
        decision: { ...decision, findings: decision.findings.map(findingJson) },
      },
      200,
    );
  });
}

type Measure = z.output<typeof measureSchema>;

function measureJson(value: number): Measure {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

type StoredFinding = StoredResult['decision']['findings'][number];

function findingJson({ low, high, estimate, ...rest }: StoredFinding) {
  return {
    ...rest,
    estimate: measureJson(estimate),
    ...(low === undefined ? {} : { low: measureJson(low) }),
    ...(high === undefined ? {} : { high: measureJson(high) }),
  };
}

// The document at /openapi.json: valid, complete, and true of what the routes answer.
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestSite, type TestSite } from '../testing/site.ts';

const contentSchema = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.object({
      get: z.object({
        parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional(),
        responses: z.record(z.string(), z.object({ content: contentSchema.optional() })),
      }),
    }),
  ),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

let site: TestSite;
let document: z.infer<typeof documentSchema>;
let raw: Record<string, unknown>;
beforeAll(async () => {
  site = await openTestSite({ rateLimit: false });
  raw = z.record(z.string(), z.unknown()).parse(await (await site.app.request('/openapi.json')).json());
  document = documentSchema.parse(raw);
});
afterAll(() => site.close());

/** A request for each documented answer, in the document's own words. */
const examples: [path: string, status: string, request: string][] = [
  ['/api/daily_papers', '200', '/api/daily_papers?cross_lists=true'],
  ['/api/daily_papers', '400', '/api/daily_papers?date=never'],
  ['/api/papers', '200', '/api/papers?limit=100'],
  ['/api/papers', '400', '/api/papers?limit=0'],
  ['/api/papers/search', '200', '/api/papers/search?q=paper&limit=120&explain=1'],
  ['/api/papers/search', '400', '/api/papers/search'],
  ['/api/papers/similar', '200', '/api/papers/similar?like=2603.00001&like=2603.00002'],
  ['/api/papers/similar', '400', '/api/papers/similar'],
  ['/api/papers/similar', '404', '/api/papers/similar?like=2401.00001'],
  ['/api/search', '200', '/api/search?q=paper&explain=1'],
  ['/api/search', '400', '/api/search?q='],
  ['/api/search/complete', '200', '/api/search/complete?q=a'],
  ['/api/search/complete', '400', '/api/search/complete?q=a&q=b'],
  ['/api/topics', '200', '/api/topics'],
  ['/api/papers/{id}', '200', '/api/papers/2603.00001?field=comments'],
  ['/api/papers/{id}', '400', '/api/papers/2603.00001?field=x'],
  ['/api/papers/{id}', '404', '/api/papers/2401.00001'],
  ['/api/papers/{archive}/{number}', '200', '/api/papers/hep-th/9901001'],
  ['/api/papers/{archive}/{number}', '400', '/api/papers/hep-th/9901001?field=x'],
  ['/api/papers/{archive}/{number}', '404', '/api/papers/hep-th/9901002'],
  ['/api/arxiv/{id}/repos', '200', '/api/arxiv/2603.00001/repos'],
  ['/api/arxiv/{id}/repos', '404', '/api/arxiv/2401.00001/repos'],
  ['/api/arxiv/{archive}/{number}/repos', '200', '/api/arxiv/hep-th/9901001/repos'],
  ['/api/arxiv/{archive}/{number}/repos', '404', '/api/arxiv/hep-th/9901002/repos'],
  ['/api/lab', '200', '/api/lab'],
  ['/api/lab/{number}', '200', '/api/lab/1'],
  ['/api/lab/{number}', '400', '/api/lab/x'],
  ['/api/lab/{number}', '404', '/api/lab/2'],
  ['/papers/{id}.md', '200', '/papers/2603.00001.md'],
  ['/papers/{id}.md', '404', '/papers/2401.00001.md'],
];

/** A documented schema with its references resolved inside the document, as Zod reads JSON Schema. */
function schemaOf(path: string, status: string): z.ZodType | undefined {
  const content = document.paths[path]?.get.responses[status]?.content?.['application/json'];
  if (content === undefined) return undefined;
  const local = JSON.stringify({ ...content.schema, $defs: document.components.schemas }).replaceAll(
    '#/components/schemas/',
    '#/$defs/',
  );
  return z.fromJSONSchema(JSON.parse(local));
}

describe('/openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(raw)).toEqual({ valid: true });
  });

  it.each(examples)('is true of %s with %s', async (path, status, request) => {
    const response = await site.app.request(request);
    expect(String(response.status)).toBe(status);
    const schema = schemaOf(path, status);
    if (schema === undefined) return;
    const body: unknown = await response.json();
    const result = schema.safeParse(body);
    expect(result.error?.issues.slice(0, 3)).toBeUndefined();
  });

  it('has an example here for every documented answer but 429 and 503', () => {
    const documented = Object.entries(document.paths).flatMap(([path, { get }]) =>
      Object.keys(get.responses)
        .filter((status) => status !== '429' && status !== '503')
        .map((status) => `${path} ${status}`),
    );
    expect(documented.toSorted()).toEqual(examples.map(([path, status]) => `${path} ${status}`).toSorted());
  });

  it('names every parameter once', () => {
    for (const [path, { get }] of Object.entries(document.paths)) {
      const names = (get.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`);
      expect([path, names]).toEqual([path, [...new Set(names)]]);
    }
    expect(document.paths['/api/daily_papers']?.get.parameters?.map((parameter) => parameter.name)).toEqual(
      expect.arrayContaining(['date', 'week', 'month', 'submitter', 'sort', 'p', 'limit']),
    );
  });
});

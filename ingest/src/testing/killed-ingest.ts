// A process of its own that ingests until somebody kills it: the other half of the tests of sudden death.
import { openDatabase } from '@offprint/catalogue';
import { z } from 'zod';
import { importJsonl } from '../import-jsonl.ts';
import { ingestOai } from '../ingest-oai.ts';
import { createPoliteFetch } from '../polite-fetch.ts';

const orderSchema = z.object({
  connection: z.object({ socketFolder: z.string(), database: z.string(), user: z.string() }),
  base: z.string().optional(),
  file: z.string().optional(),
});

const order = orderSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const db = openDatabase(order.connection, 4);
const allowPrivateHosts = order.base === undefined ? [] : [new URL(order.base).host];
const context = {
  db,
  fetch: createPoliteFetch({ db, contact: 'test', allowPrivateHosts }),
  onProgress: () => void process.stdout.write('step\n'),
};
const report =
  order.file === undefined
    ? await ingestOai(context, { base: order.base ?? '', set: 'cs', since: '2026-01-01' })
    : await importJsonl(context, { file: order.file });
process.stdout.write(`${JSON.stringify({ outcome: report.outcome, error: report.error?.message })}\n`);
await db.destroy();

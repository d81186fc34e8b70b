// `npm run bench -- NAME…`: runs benchmarks by name, one after another, and prints what each measured.
import { parseArgs } from 'node:util';
import { benchBrowserTraining } from './browser-training.ts';
import { benchEncoders } from './encoders.ts';
import { benchFeedback } from './feedback.ts';
import { benchFusion } from './fusion.ts';
import { benchImport } from './import.ts';
import { benchMemory } from './memory.ts';
import { benchOai } from './oai.ts';
import { benchPages } from './pages.ts';
import { benchSearchClients } from './search-clients.ts';
import { benchSearchPage } from './search-page.ts';
import { benchSearchQuality } from './search-quality.ts';
import { benchSearchSpeed } from './search-speed.ts';
import { benchStart } from './start.ts';
import { benchStudent } from './student.ts';
import { benchTrainingStep } from './training-step.ts';
import { benchVectors } from './vectors.ts';

const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    cache: { type: 'string' },
    size: { type: 'string' },
    systems: { type: 'string' },
    models: { type: 'string' },
    collections: { type: 'string' },
    student: { type: 'boolean', default: false },
  },
});

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  start: benchStart,
  pages: benchPages,
  import: benchImport,
  oai: benchOai,
  encoders: benchEncoders,
  vectors: () => benchVectors(options),
  student: benchStudent,
  feedback: benchFeedback,
  fusion: () => benchFusion(options.cache),
  'search-quality': () =>
    benchSearchQuality({
      ...options,
      cacheFolder: options.cache,
      json: options.json,
      collections: options.collections,
    }),
  'search-speed': () => benchSearchSpeed(options),
  memory: () => benchMemory(options),
  'search-clients': () => benchSearchClients(options),
  'search-page': () => benchSearchPage(options),
  'training-step': () => benchTrainingStep(options),
  'browser-training': () => benchBrowserTraining(options),
};

const unknown = asked.find((name) => !(name in benchmarks));
if (asked.length === 0 || unknown !== undefined) {
  process.stderr.write(
    `Name what to measure: npm run bench -- ${Object.keys(benchmarks).join(' | ')} (see bench/README.md).\n`,
  );
  process.exit(1);
}
for (const name of asked) {
  process.stdout.write(`\n## ${name}\n`);
  await benchmarks[name]?.();
}

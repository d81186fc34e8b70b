// The reference models' training step in a browser, beside the same step in Node; and what a page loads to run a paper.
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { z } from 'zod';
import { median } from './offprint-process.ts';
import { type ModelName, models, trainingStart } from './training-models.ts';

const modelNames: readonly ModelName[] = ['mlp', 'gpt', 'cnn'];
/** Steps that only warm, then steps that count. */
const warming = 5;
const counted: Readonly<Record<ModelName, number>> = { mlp: 100, gpt: 10, cnn: 40 };

/** What the page says of a model: the clock of every step, and the losses of the first ones. */
const answerSchema = z.object({ ms: z.array(z.number()), losses: z.array(z.number()) });

export interface BrowserTrainingOptions {
  /** Models by name with commas between, all when left out. */
  readonly models?: string | undefined;
}

/**
 * Milliseconds a step by the clock in headless Chromium, in a page that is isolated across origins (where the array
 * library may use threads) and in one that is not, as the site's pages are; Node beside them.
 */
export async function benchBrowserTraining(options: BrowserTrainingOptions = {}): Promise<void> {
  const asked = options.models?.split(',') ?? modelNames;
  const folder = await mkdtemp(join(tmpdir(), 'offprint-browser-training-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@offprint/source', 'module', 'browser'] },
    build: {
      outDir: folder,
      target: 'es2022',
      lib: {
        entry: join(import.meta.dirname, 'browser-training-page.ts'),
        formats: ['es'],
        fileName: 'page',
      },
    },
  });
  const plain = await serve(folder, false);
  const isolated = await serve(folder, true);
  const browser = await chromium.launch({
    executablePath: process.env.OFFPRINT_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  try {
    for (const model of modelNames.filter((name) => asked.includes(name))) {
      const node = await inNode(model);
      const pages = [
        { name: 'Chromium, a page as the site’s', page: await open(browser, plain) },
        { name: 'Chromium, isolated across origins', page: await open(browser, isolated) },
      ];
      process.stdout.write(
        `\n${model}\n  ${'Node'.padEnd(36)} ${node.ms.toFixed(1).padStart(7)} ms a step\n`,
      );
      for (const { name, page } of pages) {
        const answer = answerSchema.parse(
          await page.evaluate(
            ({ name: asModel, steps }) => Reflect.get(globalThis, 'trainModel')(asModel, steps),
            { name: model, steps: warming + counted[model] },
          ),
        );
        const ms = median(answer.ms.slice(warming));
        const apart = Math.max(
          ...answer.losses.map((loss, i) => Math.abs(loss - (node.losses[i] ?? Number.NaN)) / Math.abs(loss)),
        );
        process.stdout.write(
          `  ${name.padEnd(36)} ${ms.toFixed(1).padStart(7)} ms a step  ${(ms / node.ms).toFixed(2)} × Node; losses apart by ${apart.toExponential(1)}\n`,
        );
        await page.close();
      }
    }
  } finally {
    await browser.close();
    for (const server of [plain, isolated]) server.close();
    await rm(folder, { recursive: true, force: true });
  }
  await tellSizes();
}

async function inNode(model: ModelName): Promise<{ ms: number; losses: number[] }> {
  const start = await trainingStart(model);
  const side = models[model].open(start);
  const ms: number[] = [];
  const losses: number[] = [];
  for (let i = 0; i < warming + counted[model]; i += 1) {
    const { wallMs, loss } = await side.step(i);
    ms.push(wallMs);
    if (i < warming) losses.push(loss);
  }
  await side.close();
  return { ms: median(ms.slice(warming)), losses };
}

async function open(browser: Awaited<ReturnType<typeof chromium.launch>>, server: Server): Promise<Page> {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(`http://localhost:${port}/`);
  await page.waitForFunction(() => 'trainModel' in globalThis);
  return page;
}

async function serve(folder: string, isIsolated: boolean): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (isIsolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    const file = (request.url ?? '/').slice(1);
    if (file === '') {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><script type="module" src="/page.js"></script>');
      return;
    }
    const bytes = /^[\w.-]+\.js$/.test(file)
      ? await readFile(join(folder, file)).catch(() => undefined)
      : undefined;
    response.statusCode = bytes === undefined ? 404 : 200;
    response.setHeader('Content-Type', 'text/javascript');
    response.end(bytes);
  });
  server.listen(0);
  await once(server, 'listening');
  return server;
}

/** The site's scripts as they travel: what every page loads, and what only a run does. */
async function tellSizes(): Promise<void> {
  const folder = join(import.meta.dirname, '..', 'site', 'dist', 'assets');
  const files = (await readdir(folder).catch(() => [])).filter((file) => /\.(?:js|css|wasm)$/.test(file));
  process.stdout.write('\nscripts of the site, packed by brotli\n');
  for (const file of files.toSorted()) {
    const bytes = await readFile(join(folder, file));
    const packed = brotliCompressSync(bytes).length;
    process.stdout.write(
      `  ${file.padEnd(52)} ${(bytes.length / 1024).toFixed(1).padStart(8)} kB ${(packed / 1024).toFixed(1).padStart(8)} kB packed\n`,
    );
  }
}

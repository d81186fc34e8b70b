// The reference models in PyTorch on one thread, in a process of its own that takes a step for every line it is sent.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { encodeSafetensors } from '@offprint/methods';
import {
  b2,
  heads,
  learningRate,
  type TrainingSide,
  type TrainingStart,
  weightDecay,
} from './training-models.ts';

/** The side, or undefined, with a sentence printed, where no Python knows PyTorch. */
export async function openTorch({
  model,
  weights,
  batches,
}: TrainingStart): Promise<TrainingSide | undefined> {
  const python = [process.env.OFFPRINT_BENCH_PYTHON ?? 'python3', '/usr/bin/python3'].find(
    (command) => spawnSync(command, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  );
  if (python === undefined) {
    process.stdout.write('PyTorch is left out: no python3 here can import torch (Debian: python3-torch).\n');
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'offprint-training-'));
  const tensors = batches.flatMap(({ x, xShape, y, yShape }, i) => [
    [
      `x${i}`,
      x instanceof Float32Array
        ? { dtype: 'F32', shape: xShape, data: x }
        : { dtype: 'I32', shape: xShape, data: x },
    ],
    [`y${i}`, { dtype: 'I32', shape: yShape, data: y }],
  ]);
  await writeFile(join(folder, 'weights.safetensors'), weights);
  await writeFile(join(folder, 'batches.safetensors'), encodeSafetensors(Object.fromEntries(tensors)));
  await writeFile(
    join(folder, 'config.json'),
    JSON.stringify({ model, b2, heads, learningRate, weightDecay }),
  );
  const child = spawn(python, [join(import.meta.dirname, 'training-torch.py'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('PyTorch ended before its last step.');
    return JSON.parse(value);
  };
  const { version, productGflops } = await next();
  process.stdout.write(
    `  PyTorch multiplies matrices of 512 at ${Number(productGflops).toFixed(0)} GFLOP/s here.\n`,
  );
  return {
    name: `PyTorch ${String(version)}, one thread`,
    step: async (i) => {
      child.stdin.write(`${i % batches.length}\n`);
      const { loss, cpuMs, wallMs } = await next();
      return { loss: Number(loss), cpuMs: Number(cpuMs), wallMs: Number(wallMs) };
    },
    close: async () => {
      child.stdin.end();
      await rm(folder, { recursive: true });
    },
  };
}

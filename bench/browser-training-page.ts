// What the browser's page of the training benchmark runs: a model's steps, one after another.
import { type ModelName, models, trainingStart } from './training-models.ts';

async function trainModel(model: ModelName, steps: number): Promise<{ ms: number[]; losses: number[] }> {
  const side = models[model].open(await trainingStart(model));
  const ms: number[] = [];
  const losses: number[] = [];
  for (let i = 0; i < steps; i += 1) {
    const { wallMs, loss } = await side.step(i);
    ms.push(wallMs);
    if (i < 5) losses.push(loss);
  }
  await side.close();
  return { ms, losses };
}

Reflect.set(globalThis, 'trainModel', trainModel);

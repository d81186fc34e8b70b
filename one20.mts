import { init } from '@jax-js/jax';
import { experiment } from '/work/trees/e20/lab/src/experiments/20-limiting-confidence/experiment.ts';
import { readDataSet } from '/work/trees/e20/lab/src/packages/read-data-set.ts';

await init('wasm');
const size = process.argv[2] as 'smoke';
const seed = Number(process.argv[3] ?? 1);
for (const arm of experiment.plans[size].arms) {
  const t = performance.now();
  const m = await experiment.run(
    size,
    arm,
    seed,
    {
      progress() {},
      point(n, x, y) {
        if (n === 'pass@256' && x % 8 === 0) process.stdout.write(y.toFixed(3) + ' ');
      },
    },
    { open: readDataSet as never },
  );
  console.log(
    arm,
    ((performance.now() - t) / 1000).toFixed(1),
    JSON.stringify(m, (k, v) => (typeof v === 'number' ? +v.toFixed(4) : v)),
  );
}

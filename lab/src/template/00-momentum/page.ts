// How memory straightens the path down a valley: exact in two dimensions, so that it is drawn while a handle moves.
import { definePage } from '../../experiment/live-page.ts';

const steps = 60;

export const page = definePage({
  invitation: 'Give the descent a memory, and watch the zigzag across the valley turn into a path along it.',
  controls: {
    decay: { kind: 'range', label: 'Memory μ', min: 0, max: 0.95, step: 0.05, initial: 0.5 },
    condition: {
      kind: 'range',
      label: 'How many times steeper across than along',
      min: 1,
      max: 1000,
      step: 0.25,
      initial: 30,
      log: true,
    },
  },
  draw: ({ decay, condition }) => {
    const path = (memory: number): { x: number[]; y: number[] } => {
      const along = [1];
      const across = [1];
      let [alongTrace, acrossTrace] = [0, 0];
      for (let i = 0; i < steps; i += 1) {
        alongTrace = memory * alongTrace + (along.at(-1) ?? 0);
        acrossTrace = memory * acrossTrace + condition * (across.at(-1) ?? 0);
        along.push((along.at(-1) ?? 0) - (1.5 / condition) * alongTrace);
        across.push((across.at(-1) ?? 0) - (1.5 / condition) * acrossTrace);
      }
      const loss = along.map((a, i) => Math.log10((a * a + condition * (across[i] ?? 0) ** 2) / 2 + 1e-12));
      return { x: loss.map((_, i) => i), y: loss };
    };
    return [
      {
        title: 'Loss on the way down',
        caption: 'Both at three quarters of the rate at which plain descent diverges.',
        x: { label: 'step' },
        y: { label: 'log10 loss' },
        marks: [
          { kind: 'line', name: 'without memory', dashed: true, ...path(0) },
          { kind: 'line', name: 'with memory', ...path(decay) },
        ],
      },
    ];
  },
});

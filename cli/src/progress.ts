// Progress on the terminal: a bar for people, a line now and then for logs, nothing where nobody asked.
import { Presets, SingleBar } from 'cli-progress';

/** Shows how far something long has come. */
export interface Progress {
  /** @param done and @param total in one unit; a total of 0 is unknown. */
  update(done: number, total: number, words: string): void;
  stop(): void;
}

const linePauseMs = 5_000;

/**
 * A progress bar on standard error, where it does not mix with what a command prints. When that is no
 * terminal, a line every five seconds instead.
 */
export function startProgress(label: string, unit: (value: number) => string = String): Progress {
  if (!process.stderr.isTTY) {
    let last = performance.now();
    return {
      update(done, total, words) {
        if (performance.now() - last < linePauseMs) return;
        last = performance.now();
        process.stderr.write(`${label}: ${unit(done)}${total > 0 ? ` of ${unit(total)}` : ''} ${words}\n`);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar(
    {
      format: (_, { value, total }, payload: { words?: string }) => {
        const known = total > 0;
        const width = 24;
        const filled = known ? Math.min(width, Math.round((value / total) * width)) : 0;
        const gauge = known
          ? `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(Math.floor((100 * value) / total)).padStart(3)} % `
          : '';
        return `${label} ${gauge}${unit(value)}${known ? ` of ${unit(total)}` : ''} ${payload.words ?? ''}`;
      },
      hideCursor: true,
      clearOnComplete: false,
      fps: 8,
      stream: process.stderr,
      noTTYOutput: false,
    },
    Presets.shades_classic,
  );
  bar.start(0, 0, { words: '' });
  return {
    update(done, total, words) {
      bar.setTotal(total);
      bar.update(done, { words });
    },
    stop: () => bar.stop(),
  };
}

/** Bytes as people read them. */
export function readableBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${units[power]}`;
}

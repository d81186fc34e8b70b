import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['@offprint/source'] } },
  resolve: { conditions: ['@offprint/source'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['*/src/**/*.test.{ts,tsx}', 'house/**/*.test.ts'],
    globalSetup: ['./catalogue/src/testing/cluster.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});

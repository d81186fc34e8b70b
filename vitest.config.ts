import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['@offprint/source'] } },
  resolve: { conditions: ['@offprint/source'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['*/src/**/*.test.{ts,tsx}', 'house/**/*.test.ts'],
    globalSetup: ['./catalogue/src/testing/cluster.ts'],
    testTimeout: 60_000,
    // What is awaited may be held back by another test's transaction on the same server.
    expect: { poll: { timeout: 20_000, interval: 50 } },
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.cache/test-report.json' }]],
    pool: 'forks',
    maxWorkers: 2,
  },
});

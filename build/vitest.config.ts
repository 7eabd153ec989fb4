// How vitest runs: `unit` shares worker threads between files (pure code, memory adapters, temp folders); `integration`
// gives each *.integration.test.ts its own process, because those start child processes and servers.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const integration = '{daemon,webui,build}/**/*.integration.test.ts';
/** Set by `npm test`, which names what had to be tried again. */
const isWholeRun = process.env['PORCHLIGHT_TEST_RUN'] === 'whole';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // Integration tests mostly wait for one process after the other: two leave a part of two cores idle.
    maxWorkers: 3,
    teardownTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{daemon,webui,build}/**/*.test.{ts,tsx}'],
          exclude: [integration],
          pool: 'threads',
          isolate: false,
          testTimeout: 60_000,
          retry: isWholeRun ? 1 : 0,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [integration],
          pool: 'forks',
          testTimeout: 120_000,
          retry: isWholeRun ? 1 : 0,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});

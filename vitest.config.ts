import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Where .ci/run finds the counts of the tests. */
const COUNTS = 'coverage/tests.json';

/** Files that put something else in the place of a module or a method, which others must not come to see. */
export const APART: readonly string[] = [
  'test/property/scheduler/class-search.test.ts',
  'test/unit/cli/run.test.ts',
  'test/unit/cli/validate.test.ts',
  'test/unit/cli/verify.test.ts',
  'test/unit/docs/mm1.test.ts',
  'test/unit/docs/power-plugin.test.ts',
];

const config: ViteUserConfig = defineConfig({
  test: {
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    reporters: process.env.CI === undefined ? ['default'] : ['default', ['json', { outputFile: COUNTS }]],
    projects: [
      {
        // Modules keep no state, so one process may run one file after the other: each is loaded and compiled once.
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...APART],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'apart', include: [...APART], sequence: { groupOrder: 1 } } },
    ],
  },
});
export default config;

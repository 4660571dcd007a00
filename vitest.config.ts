import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Where .ci/run finds the counts of the tests. */
const COUNTS = 'coverage/tests.json';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
    reporters: process.env.CI === undefined ? ['default'] : ['default', ['json', { outputFile: COUNTS }]],
  },
});
export default config;

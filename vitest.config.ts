import { defineConfig } from 'vitest/config'

/** Later groups start when earlier ones have ended, so that what measures time is not disturbed. */
const project = (name: string, groupOrder: number, maxWorkers: number, testTimeout: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.spec.{ts,tsx}`],
    setupFiles: ['test/setup/no-own-group.ts'],
    pool: 'forks' as const,
    maxWorkers,
    testTimeout,
    hookTimeout: testTimeout,
    sequence: { groupOrder },
  },
})

export default defineConfig({
  test: {
    projects: [
      project('unit', 1, 2, 10_000),
      project('integration', 2, 2, 30_000),
      project('e2e', 3, 2, 60_000),
      // Programs of others, where the machine has them.
      project('interop', 4, 1, 300_000),
    ],
  },
})

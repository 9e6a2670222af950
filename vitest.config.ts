import { defineConfig } from 'vitest/config'

const suite = (name: string) => ({ extends: true as const, test: { name, include: [`test/${name}/**/*.test.ts`] } })

export default defineConfig({
  test: {
    reporters: ['default', './test/helpers/closing-line-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { ...suite('contract'), test: { ...suite('contract').test, globalSetup: ['test/contract/global-setup.ts'] } },
      ...['fault', 'languages', 'mock', 'package', 'spec', 'types', 'unit', 'wire', 'node', 'browser'].map(suite),
    ],
  },
})

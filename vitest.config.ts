import { defineConfig } from 'vitest/config'

const suite = (name: string, globalSetup: string[] = []) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], globalSetup },
})

const SUITES = ['browser', 'docs', 'fault', 'languages', 'mock', 'node', 'pages', 'spec', 'types', 'unit', 'wire']

export default defineConfig({
  test: {
    reporters: ['default', './test/helpers/closing-line-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      suite('contract', ['test/contract/global-setup.ts']),
      suite('package', ['test/package/global-setup.ts']),
      ...SUITES.map((name) => suite(name)),
    ],
  },
})

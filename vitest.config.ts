import { defineConfig } from 'vitest/config'

const suite = (name: string, globalSetup: string[] = []) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], globalSetup },
})

/** The contract suite against the mock server, but for how Prism words its refusals: the mock has words of its own. */
const contractOnMock = (mode: string) => ({
  extends: true as const,
  test: {
    name: `contract-${mode}`,
    include: ['test/contract/**/*.test.ts'],
    exclude: ['test/contract/refusals.test.ts'],
    globalSetup: ['test/contract/global-setup.ts'],
  },
})

const SUITES = ['browser', 'docs', 'fault', 'languages', 'mock', 'node', 'pages', 'spec', 'types', 'unit', 'wire']

export default defineConfig({
  test: {
    reporters: ['default', './test/helpers/closing-line-reporter.ts'],
    // All cores: many a test waits for a process of its own.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      suite('contract', ['test/contract/global-setup.ts']),
      contractOnMock('static'),
      contractOnMock('stateful'),
      suite('package', ['test/package/global-setup.ts']),
      ...SUITES.map((name) => suite(name)),
    ],
  },
})

import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const NOT_A_SUITE = ['helpers']
const GLOBAL_SETUP = ['contract', 'package']

const suite = (name: string) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: GLOBAL_SETUP.includes(name) ? [`test/${name}/global-setup.ts`] : [],
  },
})

/** The contract suite against the mock server, without the tests of Prism's own error messages. */
const contractOnMock = (mode: string) => ({
  extends: true as const,
  test: {
    name: `contract-${mode}`,
    include: ['test/contract/**/*.test.ts'],
    exclude: ['test/contract/refusals.test.ts'],
    globalSetup: ['test/contract/global-setup.ts'],
  },
})

/** What a `fetch` can break, on `httpFetch`. Folders and the command line use it in the suite `node`. */
const onHttpFetch = {
  extends: true as const,
  test: {
    name: 'http-fetch',
    include: ['test/{cancellation,contract,downloads,errors,retries,timeouts,uploads,wire}/**/*.test.ts'],
    setupFiles: ['test/helpers/use-http-fetch.ts'],
    globalSetup: ['test/contract/global-setup.ts'],
  },
}

/** Each directory of `test/` is a suite. */
const suites = readdirSync('test', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NOT_A_SUITE.includes(entry.name))
  .map((entry) => suite(entry.name))

export default defineConfig({
  test: {
    reporters: ['default', './test/helpers/closing-line-reporter.ts'],
    // All cores: many a test waits for a process of its own.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [...suites, contractOnMock('static'), contractOnMock('stateful'), onHttpFetch],
  },
})

import type { TestProject } from 'vitest/node'
import { startMock } from '../../src/mock.ts'
import { startPrism } from '../helpers/start-prism.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the description is served: by Prism, or by the mock server. */
    prismUrl: string
  }
}

/** One server for the whole suite. The suite runs against Prism, and against the mock server in both of its modes. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await start(project.name)
  project.provide('prismUrl', server.url)
  return () => server.stop()
}

function start(suite: string): Promise<{ url: string; stop(): Promise<void> }> {
  if (suite === 'contract-static') return startMock({ static: true, strict: true })
  if (suite === 'contract-stateful') return startMock({ strict: true })
  return startPrism()
}

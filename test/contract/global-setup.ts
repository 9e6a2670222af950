import type { TestProject } from 'vitest/node'
import { startPrism } from '../helpers/start-prism.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where Prism serves the description. */
    prismUrl: string
  }
}

/** One Prism for the whole suite: it has no state. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prism = await startPrism()
  project.provide('prismUrl', prism.url)
  return prism.stop
}

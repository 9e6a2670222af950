import { resolve } from 'node:path'
import { buildApiPage } from './api-page.ts'
import { buildReference } from './reference.ts'

/** Builds the whole site into a directory, which is emptied first. Throws if a page is invalid. */
export async function buildSite(directory: string): Promise<void> {
  const out = resolve(directory)
  await buildReference(out)
  await buildApiPage(resolve(out, 'api.html'))
}

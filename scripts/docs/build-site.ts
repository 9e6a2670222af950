import { resolve } from 'node:path'
import { buildApiPage } from './api-page.ts'
import { buildReference } from './reference.ts'

/** Builds the whole site into a folder, which is emptied first. Throws when a page of it would be wrong. */
export async function buildSite(directory: string): Promise<void> {
  const out = resolve(directory)
  await buildReference(out)
  await buildApiPage(resolve(out, 'api.html'))
}

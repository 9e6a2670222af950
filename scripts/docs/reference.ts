import { resolve } from 'node:path'
import { Application } from 'typedoc'
import { readableDescription } from './description-comments.ts'
import { groupClasses } from './groups.ts'
import { nameGuides } from './guides.ts'
import { nameModules } from './modules.ts'
import { showFields } from './show-fields.ts'
import { siteRouter } from './site-router.ts'
import { showWrittenTypes } from './written-types.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Builds the guides and the TypeScript reference. A warning, such as for a link to nowhere, fails the build. */
export async function buildReference(out: string): Promise<void> {
  const app = await Application.bootstrap({ options: ROOT, out, skipErrorChecking: true })
  nameModules(app)
  groupClasses(app)
  readableDescription(app)
  showFields(app)
  showWrittenTypes(app)
  app.renderer.defineRouter('flat', siteRouter(nameGuides(app)))
  const project = await app.convert()
  if (!project) throw new Error('TypeDoc could not read the sources.')
  app.validate(project)
  await app.generateOutputs(project)
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('TypeDoc warned: see above.')
}

import { type Application, BaseRouter, type Reflection, ReflectionKind } from 'typedoc'
import type { GuidePages } from './guides.ts'

/**
 * Every page in one folder: then the links of the navigation, which TypeDoc writes as they are given, work from all of
 * them. Of the modules only the first, the package itself, adds nothing to a name.
 */
export function siteRouter(guides: GuidePages): new (app: Application) => BaseRouter {
  return class SiteRouter extends BaseRouter {
    protected override getIdealBaseName(reflection: Reflection): string {
      const guide = guides.get(reflection)
      if (guide !== undefined) return guide
      const { parent } = reflection
      if (!parent?.kindOf(ReflectionKind.Module)) return reflection.name.replaceAll('/', '-')
      const [, entry] = parent.name.split('/')
      return entry === undefined ? reflection.name : `${entry}.${reflection.name}`
    }
  }
}

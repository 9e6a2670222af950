import { type Application, BaseRouter, type Reflection, ReflectionKind } from 'typedoc'
import type { GuidePages } from './guides.ts'

/**
 * Puts every page into one directory, so that the links of the navigation, which TypeDoc writes unchanged, work from each.
 * Only the first module, the package itself, adds no prefix to a name.
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

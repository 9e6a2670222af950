import { type Application, Converter, ReflectionKind } from 'typedoc'
import packageJson from '../../package.json' with { type: 'json' }

/** Names the modules as programs import them, not by their files. */
export function nameModules(app: Application): void {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_, reflection) => {
    if (!reflection.kindOf(ReflectionKind.Module)) return
    const { name } = packageJson
    reflection.name = reflection.name === 'index' ? name : `${name}/${reflection.name}`
  })
}

import { resolve } from 'node:path'
import ts from 'typescript'

const ROOT = resolve(import.meta.dirname, '../..')

/** Every name that each entry of the package exports, types too. */
export function exportedNames(entries: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const { config } = ts.readConfigFile(resolve(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const program = ts.createProgram(
    entries.map((entry) => resolve(ROOT, entry)),
    options,
  )
  const checker = program.getTypeChecker()
  return new Map(
    entries.map((entry) => {
      const source = program.getSourceFile(resolve(ROOT, entry))
      const module = source && checker.getSymbolAtLocation(source)
      return [entry, module ? checker.getExportsOfModule(module).map(({ name }) => name) : []]
    }),
  )
}

import { resolve } from 'node:path'
import ts from 'typescript'
import type { Program } from './markdown-programs.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** What the compiler says of each program, as if it stood in a project that has the package installed. */
export function typeErrors(programs: readonly Program[]): string[] {
  const { config } = ts.readConfigFile(resolve(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const files = new Map(programs.map(({ name, code }) => [resolve(ROOT, `${name.replaceAll(/[/:]/g, '-')}.ts`), code]))
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (file) => files.has(file) || fileExists(file)
  host.getSourceFile = (file, ...rest) => {
    const code = files.get(file)
    return code === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, code, ts.ScriptTarget.ES2022)
  }
  const program = ts.createProgram([...files.keys()], { ...options, ...aliases(), noUnusedLocals: false }, host)
  return [...files.keys()].flatMap((file) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText, start = 0 }) => {
      const line = (files.get(file) ?? '').slice(0, start).split('\n').length
      return `${file}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    }),
  )
}

function aliases(): ts.CompilerOptions {
  return {
    baseUrl: ROOT,
    paths: {
      'abeja-platform-client': ['src/index.ts'],
      'abeja-platform-client/node': ['src/node.ts'],
      'abeja-platform-client/mock': ['src/mock.ts'],
    },
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Mock, startMock } from '../../src/mock.ts'
import { type Program, pages, programsOf } from '../helpers/markdown-programs.ts'
import { type Consumer, consumer } from './consumer.ts'
import { runIn } from './run-in.ts'

const programs = pages()
  .flatMap(programsOf)
  .filter(({ language }) => language === 'ts')
const fileOf = ({ name }: Program) => name.replaceAll(/\W/g, '-')

const COMPILER_OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  module: 'nodenext',
  target: 'es2023',
  lib: ['es2023'],
  types: ['node'],
  outDir: 'out',
}

/** The program in a function, because CommonJS has no `await` outside of one. */
function asCommonJs(code: string): string {
  const imports = /^import [\s\S]*? from ['"][^'"]+['"].*$/gm
  const body = code.replaceAll(imports, '')
  return `${(code.match(imports) ?? []).join('\n')}
    async function main(): Promise<void> {${body}}
    main().catch((error: unknown) => { console.error(error); process.exitCode = 1 })`
}

describe('each program of README and the guides, in a blank project that has installed the package', () => {
  let project: Consumer
  let mock: Mock
  let directory: string

  beforeAll(async () => {
    mock = await startMock({ port: 0, quiet: true })
    directory = await mkdtemp(join(tmpdir(), 'abeja-pages-'))
    await writeFile(join(directory, 'report.csv'), 'a,b\n1,2\n')
    const prism = ['@stoplight/prism-http@5.12.0', '@stoplight/prism-core@5.8.0']
    project = await consumer('typescript@5.9.3', '@types/node@20.19.43', ...prism)
    await project.write('tsconfig.json', JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ['src'] }))
    for (const program of programs) {
      await project.write(`src/${fileOf(program)}.mts`, program.code)
      await project.write(`src/${fileOf(program)}.cts`, asCommonJs(program.code))
    }
  }, 300_000)

  afterAll(async () => {
    await mock.stop()
    await project.remove()
    await rm(directory, { recursive: true })
  })

  test('passes the type checker as a module and as CommonJS', async () => {
    expect(programs.length).toBeGreaterThan(8)
    await project.run('node_modules/.bin/tsc')
  }, 120_000)

  test.each(
    programs.flatMap((program) => [[program.name, 'mjs', program] as const, [program.name, 'cjs', program] as const]),
  )(
    '%s runs against the mock server as %s',
    async (_, extension, program) => {
      mock.reset()
      const environment = {
        ABEJA_API_URL: mock.url,
        ABEJA_ORGANIZATION_ID: '1234567890123',
        ABEJA_PLATFORM_USER_ID: '1111111111111',
        ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN: 'a-token',
      }
      const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
      const compiled = join(project.directory, 'out', `${fileOf(program)}.${extension}`)
      await runIn(directory, 'env', ...variables, process.execPath, compiled)
    },
    90_000,
  )
})

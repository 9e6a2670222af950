import { type SpawnOptions, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMock } from '../../src/mock.ts'
import { programsOf } from '../helpers/markdown-programs.ts'
import { runProgram } from '../helpers/run-program.ts'
import { typeErrors } from '../helpers/type-check.ts'
import { browserIsMissing } from './helpers/chromium.ts'

const root = resolve(import.meta.dirname, '../..')
const programs = programsOf('docs/mock-server.md')

/** The only program of the guide that contains a text. */
function programWith(text: string): string {
  const [program, ...others] = programs.filter(({ code }) => code.includes(text))
  if (program === undefined || others.length > 0) throw new Error(`Expected one program with ${text}`)
  return program.code
}

describe('the guide of the mock server', () => {
  let folder: string
  beforeAll(async () => {
    // Below the repository, so that the packages are found.
    await mkdir(join(root, 'node_modules/.cache'), { recursive: true })
    folder = await mkdtemp(join(root, 'node_modules/.cache/guides-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('has programs that pass the type checker', () => {
    const typed = programs.filter(({ language }) => language === 'typescript')
    expect(typed).toHaveLength(2)
    expect(typeErrors(typed)).toEqual([])
  })

  test('has a program for MSW that runs with MSW', { timeout: 120_000 }, async () => {
    const { code, output } = await runProgram(programWith('msw/node'), folder, {})
    expect([code, output]).toEqual([0, '4\n'])
  })

  test('has a fixture for Vitest that runs with Vitest', { timeout: 120_000 }, async () => {
    await writeFile(join(folder, 'fixture.test.ts'), programWith('base.extend<'))
    const alias = {
      'abeja-platform-client/mock': join(root, 'src/mock.ts'),
      'abeja-platform-client': join(root, 'src/index.ts'),
    }
    const config = { resolve: { alias }, test: { testTimeout: 60_000 } }
    await writeFile(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(config)}`)
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const { code, output } = await run([vitest, 'run', '--root', folder], folder)
    expect(code, output).toBe(0)
    expect(output).toMatch(/1 passed/)
  })

  test.skipIf(browserIsMissing())(
    'has a fixture for Playwright that runs with Playwright',
    { timeout: 120_000 },
    async () => {
      const tests = join(folder, 'playwright')
      await mkdir(tests)
      await writeFile(join(tests, 'fixture.spec.mjs'), programWith('playwright.request.newContext'))
      const launchOptions = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] }
      const config = { testDir: tests, outputDir: join(folder, 'results'), workers: 1, use: { launchOptions } }
      await writeFile(join(tests, 'playwright.config.mjs'), `export default ${JSON.stringify(config)}`)
      const mock = await startMock()
      const cli = join(root, 'node_modules/@playwright/test/cli.js')
      const { code, output } = await run([cli, 'test', '--config', tests], tests, { MOCK_URL: mock.url })
      await mock.stop()
      expect(code, output).toBe(0)
      expect(output).toMatch(/1 passed/)
    },
  )
})

/** Runs a program of Node to its end. */
async function run(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  // Without the variables that state that a program runs inside Vitest.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|TEST|NODE_OPTIONS|NODE_ENV)/.test(name))
  const options: SpawnOptions = { cwd, env: { ...Object.fromEntries(inherited), ...environment } }
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, output }
}

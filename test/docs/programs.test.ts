import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentedMethods } from '../../generated/documented-methods.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { type Mock, startMock } from '../../src/mock.ts'
import { programsOf } from '../helpers/markdown-programs.ts'
import { runProgram } from '../helpers/run-program.ts'
import { typeErrors } from '../helpers/type-check.ts'
import { operationMethods } from '../types/operation-methods.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const guides = (await readdir(join(ROOT, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)
const pages = ['README.md', ...guides]
const programs = pages.flatMap(programsOf).filter(({ language }) => language === 'ts')

test('every program of the pages passes the type checker', () => {
  expect(programs.length).toBeGreaterThan(8)
  expect(typeErrors(programs)).toEqual([])
})

test('every npm script that a page names exists', () => {
  const named = pages
    .flatMap(programsOf)
    .flatMap(({ code }) => [...code.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? ''))
  expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([])
})

test('the migration guide maps each documented method to its counterpart', () => {
  const methods: Readonly<Record<string, string>> = operationMethods
  const expected = Object.entries(documentedMethods).flatMap(([id, names]) =>
    names.map((name) => [name, name === 'upload_bucket_files' ? 'uploadDirectory' : methods[id]]),
  )
  const guide = readFileSync(join(ROOT, 'docs/migrating-from-python.md'), 'utf8')
  const [, map = ''] = guide.split('\n## ', 2)
  const rows = [...map.matchAll(/^\| `(\w+)` +\| `([\w.]+)`/gm)].map(([, name, method]) => [name, method])
  expect(rows.toSorted()).toEqual(expected.toSorted())
})

describe('each program of the pages runs against the mock server', () => {
  let mock: Mock
  let directory: string

  beforeAll(async () => {
    mock = await startMock({ port: 0, quiet: true })
    directory = await mkdtemp(join(tmpdir(), 'abeja-pages-'))
    await writeFile(join(directory, 'report.csv'), 'a,b\n1,2\n')
  })

  afterAll(async () => {
    await mock.stop()
    await rm(directory, { recursive: true })
  })

  test.each(programs)(
    '$name',
    async ({ code }) => {
      mock.reset()
      const environment = {
        ABEJA_API_URL: mock.url,
        ABEJA_ORGANIZATION_ID: '1234567890123',
        ABEJA_PLATFORM_USER_ID: '1111111111111',
        ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN: 'a-token',
      }
      const outcome = await runProgram(code, directory, environment)
      expect(outcome.code, outcome.output).toBe(0)
    },
    90_000,
  )
})

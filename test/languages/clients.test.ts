import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createJiti } from 'jiti'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type Mock, startMock } from '../../src/mock.ts'
import { goTest, javaProgram, pythonProgram } from './answers.ts'
import { needs } from './needs.ts'
import { capitalized, operationsMissingIn, snakeCase } from './operations.ts'
import { GO_SOURCES, JAVA_LIBRARIES, PYTHON } from './toolchains.ts'
import { Workspace } from './workspace.ts'

const TYPESCRIPT = join(import.meta.dirname, '../../node_modules/.bin/tsc')
const USER = '1122334455667'

/** What the Python and the Go program of the page print. */
const TOUR = [
  'page: 一.json, 二.json',
  'page: 三.json',
  'file: 三.json application/json "hello"',
  'error: 404 not_found - file not found',
  'bucket: 報告 2024/a+b.txt 日本/東京 hello',
]

/** What the Java and the Ruby program print. Their forms cannot store a file in a folder. */
const ROOT_TOUR = [...TOUR.slice(0, 4), 'runs: 1', 'bucket: "hello"']

let opened: Workspace | undefined
let unavailable: string | undefined

beforeAll(async () => {
  opened = await Workspace.open().catch((error: Error) => {
    unavailable = `the generators cannot be installed: ${error.message.slice(0, 200)}`
    return undefined
  })
}, 300_000)
afterAll(() => opened?.close())

function workspace(): Workspace {
  if (opened === undefined) throw new Error(unavailable)
  return opened
}

/** A mock server that answers 500 where it would break the description, and a program's variables to reach it. */
async function server(): Promise<{ mock: Mock; variables: Record<string, string> }> {
  const mock = await startMock({ strict: true })
  onTestFinished(() => mock.stop())
  const variables = {
    ABEJA_API_URL: mock.url,
    ABEJA_ORGANIZATION_ID: '1234567890123',
    ABEJA_PLATFORM_USER_ID: USER,
    ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN: 'token',
    NO_PROXY: '127.0.0.1',
  }
  return { mock, variables }
}

/** How the file of a bucket was asked for, behind `…/files/`. */
function bucketFile({ requests }: Mock): string[] {
  return requests.flatMap(({ target }) => /\/buckets\/\d+\/files\/(.*)/.exec(target)?.slice(1) ?? [])
}

describe('openapi-generator', () => {
  needs(['java'], () => unavailable)

  test('finds nothing to say against the description', async () => {
    const validate = ['java', '-jar', workspace().jar, 'validate', '--recommend', '-i', 'openapi.yaml']

    expect(await workspace().run(validate)).toContain('No validation issues detected.')
  })
})

describe('Python', () => {
  needs(['java', 'python'], () => unavailable)

  test('has a client that compiles, reads every answer and runs', { timeout: 120_000 }, async () => {
    const { mock, variables } = await server()
    await workspace().generate('python')
    expect(await operationsMissingIn(join(workspace().folder, 'python/abeja_api'), snakeCase)).toEqual([])
    await workspace().place('abeja_files.py', 'python')
    await workspace().place('tour.py', 'python')
    await workspace().write('python/answers.py', pythonProgram('abeja_api'))
    await workspace().run([PYTHON, '-m', 'compileall', '-q', 'python'])
    expect(await workspace().run([PYTHON, 'answers.py'], {}, 'python')).toBe('')

    const printed = await workspace().run([PYTHON, 'tour.py'], { ...variables, PYTHONIOENCODING: 'utf-8' }, 'python')

    expect(printed.trim().split('\n')).toEqual(TOUR)
    expect(bucketFile(mock)).toEqual(['%E5%A0%B1%E5%91%8A%202024/a%2Bb.txt'])
  })
})

describe('Go', () => {
  needs(['java', 'go'], () => unavailable)

  test('has a client that go vet passes, and that reads every answer and runs', { timeout: 240_000 }, async () => {
    const { mock, variables } = await server()
    const project = 'go/src/example.com/tour'
    await workspace().generate('abeja')
    expect(await operationsMissingIn(join(workspace().folder, 'abeja'), capitalized)).toEqual([])
    await mkdir(join(workspace().folder, project), { recursive: true })
    await rename(join(workspace().folder, 'abeja'), join(workspace().folder, project, 'abeja'))
    await workspace().place('abejafiles/abejafiles.go', project)
    await workspace().place('tour.go', project)
    const go = {
      CGO_ENABLED: '0',
      GO111MODULE: 'off',
      GOFLAGS: '',
      GOPATH: `${join(workspace().folder, 'go')}:${GO_SOURCES}`,
    }
    await workspace().write(`${project}/abeja/answers_test.go`, goTest('abeja'))
    await workspace().run(['go', 'vet', './...'], go, project)
    await workspace().run(['go', 'test', './abeja'], go, project)

    const printed = await workspace().run(['go', 'run', 'tour.go'], { ...variables, ...go }, project)

    expect(printed.trim().split('\n')).toEqual(TOUR)
    expect(bucketFile(mock)).toEqual(['%E5%A0%B1%E5%91%8A%202024/a%2Bb.txt'])
  })
})

describe('Java', () => {
  needs(['java', 'javac'], () => unavailable)

  test('has a client that compiles, reads every answer and runs', { timeout: 240_000 }, async () => {
    const { variables } = await server()
    await workspace().generate('java')
    await workspace().place('Tour.java')
    await workspace().write('Answers.java', javaProgram('com.example.abeja'))
    const main = join(workspace().folder, 'java/src/main/java')
    expect(await operationsMissingIn(main)).toEqual([])
    const sources = [main, join(import.meta.dirname, 'java-stubs')]
    const classes = [...JAVA_LIBRARIES, workspace().jar]
    const files = (await readdir(main, { recursive: true })).filter((name) => name.endsWith('.java'))
    const options = ['-nowarn', '-encoding', 'UTF-8', '-d', 'classes', '-cp', classes.join(':')]

    const programs = ['Tour.java', 'Answers.java']
    const all = [...programs, ...files.map((file) => join(main, file))]
    await workspace().run(['javac', ...options, '-sourcepath', sources.join(':'), ...all])
    const java = ['java', '-Dfile.encoding=UTF-8', '-cp', ['classes', ...classes].join(':')]

    expect(await workspace().run([...java, 'Answers'])).toBe('')
    expect((await workspace().run([...java, 'Tour'], variables)).trim().split('\n')).toEqual(ROOT_TOUR)
  })
})

describe('Ruby', () => {
  needs(['java', 'ruby'], () => unavailable)

  test('has a client that runs', { timeout: 120_000 }, async () => {
    const { variables } = await server()
    await workspace().generate('ruby')
    expect(await operationsMissingIn(join(workspace().folder, 'ruby/lib'), snakeCase)).toEqual([])
    await workspace().place('tour.rb')

    const printed = await workspace().run(['ruby', '-I', 'ruby/lib', 'tour.rb'], { ...variables, LANG: 'C.UTF-8' })

    expect(printed.trim().split('\n')).toEqual(ROOT_TOUR.with(2, 'file: 三.json application/octet-stream "hello"'))
  })
})

/** The generators whose clients upload and list, by the folder that they write to. */
const UPLOADERS = {
  'hey-api': 'hey-api',
  'oazapfts/abeja.ts': 'oazapfts',
  codegen: 'openapi-typescript-codegen',
  swagger: 'swagger-typescript-api',
}

describe('TypeScript', () => {
  needs([], () => unavailable)

  test('has five more clients that pass the strict compiler and run', { timeout: 240_000 }, async () => {
    const { mock } = await server()
    await mkdir(join(workspace().folder, 'oazapfts'))
    for (const output of [...Object.keys(UPLOADERS), 'orval/abeja.ts']) await workspace().generate(output)
    for (const folder of ['hey-api', 'oazapfts', 'codegen', 'swagger', 'orval']) {
      expect(await operationsMissingIn(join(workspace().folder, folder))).toEqual([])
    }
    const programs = [...Object.values(UPLOADERS), 'orval'].map((name) => `${name}.ts`)
    for (const program of programs) await workspace().place(program)
    const compilerOptions = {
      target: 'ES2022',
      module: 'ESNext',
      moduleResolution: 'Bundler',
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    }
    await workspace().write('tsconfig.json', JSON.stringify({ compilerOptions, files: programs }))
    await workspace().run([TYPESCRIPT, '-p', '.'])

    const jiti = createJiti(import.meta.url)
    const file = new File(['hello'], '日本.txt', { type: 'text/plain' })
    const counts: number[] = []
    for (const name of Object.values(UPLOADERS)) {
      const { upload } = await jiti.import<{
        upload(baseUrl: string, credential: string, channel: string, file: File): Promise<string[]>
      }>(join(workspace().folder, `${name}.ts`))
      counts.push((await upload(mock.url, `user-${USER}:token`, '1230000000000', file)).length)
    }
    const [first = 0] = counts
    expect(first).toBeGreaterThan(0)
    expect(counts).toEqual([first, first + 1, first + 2, first + 3])

    const { fileIds } = await jiti.import<{ fileIds(channel: string, authorization: string): Promise<string[]> }>(
      join(workspace().folder, 'orval.ts'),
    )
    const platformFetch = globalThis.fetch
    vi.stubGlobal('fetch', (path: string, init?: RequestInit) => platformFetch(`${mock.url}${path}`, init))
    onTestFinished(() => void vi.unstubAllGlobals())
    expect(await fileIds('1230000000000', `Basic ${btoa(`user-${USER}:token`)}`)).toHaveLength(first + 3)
  })
})

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Mock, startMock } from '../../src/mock.ts'
import { launchChromium, noChromium } from '../helpers/chromium.ts'
import { filesOf } from '../helpers/guide-files.ts'
import { type Consumer, consumer } from './consumer.ts'

const REACT = ['react@19.3.1', 'react-dom@19.3.1', '@types/react@19.3.0', '@types/react-dom@19.3.0']
const TYPESCRIPT = ['typescript@5.9.3', '@types/node@20.19.43']
/** The files of the guide for Next.js are in these directories; the others are the project of Vite and TanStack Query. */
const NEXT_DIRECTORIES = /^(app|lib)\//

let mock: Mock
let project: Consumer
let server: ChildProcess | undefined

beforeAll(async () => {
  mock = await startMock({ port: 0, quiet: true })
})
beforeEach(() => mock.reset())
afterEach(() => void server?.kill())
afterAll(() => mock.stop())

const environment = () => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  ABEJA_API_URL: mock.url,
  ABEJA_ORGANIZATION_ID: '1234567890123',
  VITE_ABEJA_ORGANIZATION_ID: '1234567890123',
  PLATFORM_AUTH_TOKEN: 'secret-token',
})

/** Starts a server of the project and returns the URL that it prints. */
function serve(...args: readonly string[]): Promise<string> {
  const [name = '', ...rest] = args
  const command = join(project.directory, 'node_modules/.bin', name)
  const child = spawn(command, [...rest], { cwd: project.directory, env: environment() })
  server = child
  return new Promise((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        // Vite prints the port in bold.
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of a terminal begin with one
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.replaceAll(/\x1b\[\d+m/g, ''))?.[0]
        if (url !== undefined) resolve(url)
      })
    }
    child.on('close', (code) => reject(new Error(`${args.join(' ')} ended with ${code}:\n${output}`)))
  })
}

async function writeFiles(belongs: (path: string) => boolean): Promise<void> {
  for (const { path, code } of filesOf('docs/frameworks.md')) if (belongs(path)) await project.write(path, code)
}

describe('the project of the guide for Next.js', () => {
  let url: string

  beforeAll(async () => {
    project = await consumer('next@16.4.6', 'server-only@0.0.1', ...REACT, ...TYPESCRIPT)
    await writeFiles((path) => NEXT_DIRECTORIES.test(path))
    // Passes the type checker, too. Without the variables, as on a build server.
    await project.run('env', 'NEXT_TELEMETRY_DISABLED=1', 'node_modules/.bin/next', 'build')
  }, 400_000)
  beforeEach(async () => {
    url = await serve('next', 'start', '-p', '0', '-H', '127.0.0.1')
  }, 60_000)
  afterAll(() => project.remove())

  test('renders the channels of the moment', async () => {
    const names = async () =>
      [...(await (await fetch(url)).text()).matchAll(/<li>([^<]*)<\/li>/g)].map(([, name]) => name)
    const before = await names()
    expect(before.length).toBeGreaterThan(0)
    await fetch(`${mock.url}/organizations/1234567890123/channels`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'new', description: '', storage_type: 'datalake' }),
    })
    expect((await names()).toSorted()).toEqual([...before, 'new'].toSorted())
  }, 60_000)

  test('stores the file of a form and sends the newest file', async () => {
    const form = new FormData()
    form.set('file', new File(['こんにちは'], 'a.txt', { type: 'text/plain' }))
    const stored = await fetch(`${url}/files/1230000000000`, { method: 'POST', body: form })
    expect([stored.status, Object.keys(await stored.json())]).toEqual([201, ['file_id']])
    const sent = await fetch(`${url}/files/1230000000000`)
    expect([sent.headers.get('content-type'), await sent.text()]).toEqual(['text/plain', 'こんにちは'])
    const empty = await fetch(`${url}/files/1230000000000`, { method: 'POST', body: new FormData() })
    expect(empty.status).toBe(400)
  }, 60_000)
})

describe('the project of the guides for Vite and TanStack Query', () => {
  beforeAll(async () => {
    project = await consumer('vite@8.3.8', '@tanstack/react-query@5.108.0', ...REACT, ...TYPESCRIPT)
    await writeFiles((path) => !NEXT_DIRECTORIES.test(path))
    const compilerOptions = {
      strict: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.iterable'],
      jsx: 'react-jsx',
      types: ['vite/client', 'node'],
      noEmit: true,
    }
    await project.write('tsconfig.json', JSON.stringify({ compilerOptions }))
  }, 300_000)
  afterAll(() => project.remove())

  test('passes the type checker and builds', async () => {
    await project.run('node_modules/.bin/tsc')
    expect(await project.run('node_modules/.bin/vite', 'build')).toMatch(/built in/)
  }, 120_000)

  test('adds the credential in the proxy of Vite', async () => {
    const url = await serve('vite', '--port', '0', '--host', '127.0.0.1')
    const response = await fetch(`${url}/abeja/organizations/1234567890123/channels`)
    // The mock server responds with 401 to a request without a credential.
    expect(response.status).toBe(200)
    const sources = await Promise.all(
      ['/src/main.tsx', '/src/abeja.ts'].map(async (path) => (await fetch(url + path)).text()),
    )
    expect(sources.join('\n')).not.toContain('secret-token')
  }, 60_000)

  test.skipIf(noChromium)(
    'shows page after page, and uploads a file, in a browser',
    async () => {
      const url = await serve('vite', '--port', '0', '--host', '127.0.0.1')
      const browser = await launchChromium()
      try {
        const page = await browser.newPage()
        await page.goto(url)
        const items = page.locator('li')
        await items.first().waitFor()
        const first = await items.count()
        expect(first).toBe(2)
        await page.getByRole('button', { name: 'More' }).click()
        await items.nth(2).waitFor()
        await items
          .first()
          .locator('input')
          .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hi') })
        await page.getByText('stored as').waitFor()
      } finally {
        await browser.close()
      }
    },
    120_000,
  )
})

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PrismServer, startPrism } from '../helpers/start-prism.ts'
import { described } from '../spec/description.ts'
import { CORE_PROGRAM, type Consumer, consumer } from './consumer.ts'
import { runIn } from './run-in.ts'

const COMPILERS = { '5.4': '5.4.5', '5.9': '5.9.3', '6.0': '6.0.3' } as const

let project: Consumer
let prism: PrismServer

beforeAll(async () => {
  prism = await startPrism()
  const compilers = Object.entries(COMPILERS).map(([name, version]) => `typescript-${name}@npm:typescript@${version}`)
  project = await consumer('@types/node@20.19.43', ...compilers)
}, 300_000)

afterAll(async () => {
  await project.remove()
  await prism.stop()
})

describe('the packed package', () => {
  test('contains the built entries, the description and the documents, and nothing else', async () => {
    const listed = await project.run('tar', '-tzf', project.tarball)
    const directories = new Set(
      listed
        .trim()
        .split('\n')
        .map((file) => file.split('/').slice(1, 2).join('')),
    )
    expect([...directories].toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'generated',
      'package.json',
    ])
    const generated = listed.split('\n').filter((file) => file.startsWith('package/generated/'))
    expect(generated.toSorted()).toEqual([
      'package/generated/abeja.http',
      'package/generated/abeja.postman_collection.json',
      'package/generated/openapi.json',
      'package/generated/openapi.yaml',
    ])
  })

  test('depends at run time on openapi-fetch alone', async () => {
    const { dependencies } = JSON.parse(await readFile(join(project.installed, 'package.json'), 'utf8'))
    expect(Object.keys(dependencies)).toEqual(['openapi-fetch'])
  })

  test('lists the licences of the bundled packages', async () => {
    const licences = await readFile(join(project.installed, 'dist/BUNDLED-LICENCES.txt'), 'utf8')
    const bundled = [...licences.matchAll(/^(\S+) [\d.]+ \((?:MIT|ISC|MPL-2\.0|Apache-2\.0)\)$/gm)].map(
      ([, name]) => name,
    )
    expect(bundled).toEqual(expect.arrayContaining(['commander', 'mrmime', '@fastify/busboy', 'cli-progress']))
  })

  test('runs as an ES module', async () => {
    await project.write(
      'program.mjs',
      `import { AbejaClient, isApiError } from 'abeja-platform-client'\nglobalThis.BASE_URL = '${prism.url}'\n${CORE_PROGRAM}`,
    )
    expect(await project.run('node', 'program.mjs')).toContain('consumed')
  })

  test('runs as CommonJS', async () => {
    await project.write(
      'program.cjs',
      `const { AbejaClient, isApiError } = require('abeja-platform-client')\nglobalThis.BASE_URL = '${prism.url}'\n` +
        `;(async () => {${CORE_PROGRAM}})()`,
    )
    expect(await project.run('node', 'program.cjs')).toContain('consumed')
  })

  test('recognizes an error of its CommonJS copy in its ES module copy', async () => {
    await project.write(
      'copies.mjs',
      `import { createRequire } from 'node:module'
       import { isAbejaError, isApiError } from 'abeja-platform-client'
       const { AbejaClient, NotFoundError } = createRequire(import.meta.url)('abeja-platform-client')
       const error = new NotFoundError('x', { operationId: 'getChannel', status: 404 })
       console.log(isAbejaError(error), isApiError(error, 'getChannel', 404))`,
    )
    expect(await project.run('node', 'copies.mjs')).toContain('true true')
  })

  test('exports the description', async () => {
    await project.write(
      'description.cjs',
      `console.log(Object.keys(require('abeja-platform-client/openapi.json').paths).join('\\n'))
       console.log(require('node:fs').readFileSync(require.resolve('abeja-platform-client/openapi.yaml'), 'utf8').includes('openapi: 3.0.3'))`,
    )
    const paths = new Set(described.map(({ path }) => path))
    expect(await project.run('node', 'description.cjs')).toBe([...paths, true, ''].join('\n'))
  })

  test('has the public surface that api/ records', async () => {
    const root = join(import.meta.dirname, '../..')
    await runIn(root, 'npm', 'run', 'api-report', '--', '--check')
  }, 120_000)

  test('passes the checks of publint and of are-the-types-wrong', async () => {
    const bin = join(import.meta.dirname, '../../node_modules/.bin')
    await project.run(join(bin, 'publint'), 'run', project.installed, '--strict')
    const data = ['openapi.yaml', 'openapi.json', 'abeja.http', 'abeja.postman_collection.json']
    await project.run(join(bin, 'attw'), project.tarball, '--exclude-entrypoints', ...data)
  })
})

describe.each(Object.keys(COMPILERS))('With TypeScript %s', (compiler) => {
  test.each([
    // TypeScript 6 has removed it.
    ...(compiler.startsWith('5') ? [['node10', 'commonjs'] as const] : []),
    ['node16', 'node16'] as const,
    ['nodenext', 'nodenext'] as const,
    ['bundler', 'esnext'] as const,
  ])(
    'its types resolve and check under %s',
    async (moduleResolution, module) => {
      await project.write('types/index.mts', TYPED_PROGRAM)
      await project.write('types/index.cts', TYPED_PROGRAM)
      const options = {
        moduleResolution,
        module,
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
      }
      const compilerOptions = { ...options, strict: true, noEmit: true, skipLibCheck: false, types: ['node'] }
      const files = moduleResolution === 'bundler' ? ['index.mts'] : ['index.mts', 'index.cts']
      await project.write('types/tsconfig.json', JSON.stringify({ compilerOptions, files }))
      expect(await project.run('node', `node_modules/typescript-${compiler}/bin/tsc`, '-p', 'types')).toBe('')
    },
    120_000,
  )
})

test('Its types check in a project of Node.js without the types of the DOM', async () => {
  const [compiler] = Object.keys(COMPILERS)
  await project.write('no-dom/index.mts', TYPED_PROGRAM)
  const options = { module: 'nodenext', target: 'es2022', lib: ['es2023'], types: ['node'] }
  const compilerOptions = { ...options, strict: true, noEmit: true, skipLibCheck: false }
  await project.write('no-dom/tsconfig.json', JSON.stringify({ compilerOptions, files: ['index.mts'] }))
  expect(await project.run('node', `node_modules/typescript-${compiler}/bin/tsc`, '-p', 'no-dom')).toBe('')
}, 120_000)

const TYPED_PROGRAM = `
import { AbejaClient, isApiError, type Channel } from 'abeja-platform-client'
import { uploadDirectory } from 'abeja-platform-client/node'
import { startMock } from 'abeja-platform-client/mock'
export async function use(abeja: AbejaClient): Promise<string> {
  const channel: Channel = await abeja.channels.get('1')
  // @ts-expect-error not a storage type
  await abeja.channels.create({ name: 'a', description: 'b', storage_type: 'tape' })
  try { for await (const file of abeja.channels.files.list('1')) file.metadata.filename satisfies string | undefined }
  catch (error) { if (isApiError(error, 'listChannelFiles', 404)) return error.body?.error_description ?? '' }
  void uploadDirectory
  void startMock
  return channel.storage_type
}
`

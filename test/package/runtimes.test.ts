import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PrismServer, startPrism } from '../helpers/start-prism.ts'
import { CORE_PROGRAM, type Consumer, consumer } from './consumer.ts'

/** The binaries of the runtimes are packages of the registry, one for each platform. */
const PLATFORM = `${process.platform}-${process.arch}`
const RUNTIMES = {
  'Node 22': { package: `node-22@npm:node-${PLATFORM}@22.23.3`, binary: 'node-22/bin/node', arguments: [] },
  'Node 24': { package: `node-24@npm:node-${PLATFORM}@24.9.0`, binary: 'node-24/bin/node', arguments: [] },
  Deno: { package: 'deno@2.9.6', binary: `@deno/${PLATFORM}-glibc/deno`, arguments: ['run', '--allow-all'] },
  Bun: { package: 'bun@1.4.5', binary: `@oven/bun-${PLATFORM}/bin/bun`, arguments: [] },
} as const

let project: Consumer
let prism: PrismServer

beforeAll(async () => {
  prism = await startPrism()
  project = await consumer(
    'miniflare@4.20260730.0',
    'esbuild@0.28.2',
    ...Object.values(RUNTIMES).map((runtime) => runtime.package),
  )
}, 300_000)

afterAll(async () => {
  await project.remove()
  await prism.stop()
})

describe('the packed core runs in', () => {
  test.each(Object.entries(RUNTIMES))('%s', async (_, { binary, arguments: options }) => {
    await project.write(
      'program.mjs',
      `globalThis.BASE_URL = '${prism.url}'
       const { AbejaClient, isApiError } = await import('abeja-platform-client')\n${CORE_PROGRAM}`,
    )
    expect(await project.run(join('node_modules', binary), ...options, 'program.mjs')).toContain('consumed')
  })

  test('workerd, as a worker', async () => {
    await project.write(
      'worker.mjs',
      `import { AbejaClient, isApiError } from 'abeja-platform-client'
       export default { async fetch() {
         const lines = []
         const console = { log: (line) => lines.push(line) }
         globalThis.BASE_URL = '${prism.url}'
         ${CORE_PROGRAM}
         return new Response(lines.join())
       } }`,
    )
    await project.write(
      'miniflare.mjs',
      `import { Miniflare } from 'miniflare'
       const worker = new Miniflare({ modules: true, scriptPath: 'bundle/worker.js', compatibilityDate: '2025-01-01' })
       console.log(await (await worker.dispatchFetch('http://worker/')).text())
       await worker.dispose()`,
    )
    const options = ['--bundle', '--format=esm', '--platform=browser', '--target=es2022', '--outdir=bundle']
    await project.run('node_modules/.bin/esbuild', 'worker.mjs', ...options)
    expect(await project.run('node', 'miniflare.mjs')).toContain('consumed')
  })
})

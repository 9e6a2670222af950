import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PrismServer, startPrism } from '../helpers/start-prism.ts'
import { CORE_PROGRAM, type Consumer, consumer } from './consumer.ts'
import { BUDGETS_BYTES } from './size-budget.ts'

let project: Consumer
let prism: PrismServer

beforeAll(async () => {
  prism = await startPrism()
  project = await consumer('esbuild@0.28.2', 'vite@8.3.8', 'webpack@5.112.2')
  await project.write('entry.mjs', `import { AbejaClient, isApiError } from 'abeja-platform-client'\n${CORE_PROGRAM}`)
}, 300_000)

afterAll(async () => {
  await project.remove()
  await prism.stop()
})

describe('a program for the browser runs when it is bundled', () => {
  test('by esbuild', async () => {
    await esbuild('entry.mjs', 'esbuild')
    await runs('esbuild/entry.js')
  })

  test('by Vite', async () => {
    await vite('entry.mjs')
    await runs('vite/entry.mjs')
  })

  test('by webpack', async () => {
    await webpack('entry.mjs')
    await runs('webpack/entry.mjs')
  })
})

describe.each(['node', 'mock'])(
  'an import of ./%s into a bundle for the browser fails the build with one sentence',
  (entry) => {
    const sentence = `Node.js is required by abeja-platform-client/${entry}. In a browser, import abeja-platform-client`

    beforeAll(() =>
      project.write(`${entry}-only.mjs`, `import * as all from 'abeja-platform-client/${entry}'\nconsole.log(all)`),
    )

    test('by esbuild', async () => {
      await expect(esbuild(`${entry}-only.mjs`, 'esbuild')).rejects.toThrow(sentence)
    })

    test('by Vite', async () => {
      await expect(vite(`${entry}-only.mjs`)).rejects.toThrow(sentence)
    })

    test('by webpack', async () => {
      await expect(webpack(`${entry}-only.mjs`)).rejects.toThrow(sentence)
    })
  },
)

describe('the core, minified and compressed', () => {
  test.each(Object.entries(BUDGETS_BYTES))('keeps %s within its budget', async (_, { program, budget }) => {
    const base = await packedSize(`export { default } from 'openapi-fetch'`)
    expect((await packedSize(program)) - base).toBeLessThan(budget)
  })

  test('contains no module of Node.js and nothing of the other entries', async () => {
    await project.write('all.mjs', `export * from 'abeja-platform-client'`)
    await esbuild('all.mjs', 'all')
    for (const name of await readdir(join(project.directory, 'all'))) {
      const text = await readFile(join(project.directory, 'all', name), 'utf8')
      expect(text).not.toMatch(/from\s*"node:|require\("node:|import\("node:/)
      expect(text).not.toContain('uploadDirectory')
    }
  })
})

// Against what every program pays that sends a request: an absolute time would measure the machine.
test('importing the core takes less time than loading the fetch of Node.js', async () => {
  const timed = (work: string) => `const before = performance.now()
    ${work}
    console.log(performance.now() - before)`
  await project.write('import.mjs', timed(`await import('abeja-platform-client')`))
  await project.write('fetch.mjs', timed('globalThis.Response'))
  const fastest = { 'import.mjs': Number.POSITIVE_INFINITY, 'fetch.mjs': Number.POSITIVE_INFINITY }
  for (let round = 0; round < 10; round++) {
    for (const file of ['import.mjs', 'fetch.mjs'] as const) {
      fastest[file] = Math.min(fastest[file], Number(await project.run('node', file)))
    }
  }
  expect(fastest['import.mjs']).toBeLessThan(fastest['fetch.mjs'])
})

async function esbuild(entry: string, directory: string): Promise<void> {
  const options = ['--bundle', '--minify', '--format=esm', '--splitting', '--platform=browser', '--target=es2022']
  await project.run('node_modules/.bin/esbuild', entry, ...options, `--outdir=${directory}`)
}

async function vite(entry: string): Promise<void> {
  await project.write(
    'vite.build.mjs',
    `import { build } from 'vite'
     await build({ logLevel: 'error', build: { lib: { entry: '${entry}', formats: ['es'], fileName: () => '${entry}' }, outDir: 'vite' } })`,
  )
  await project.run('node', 'vite.build.mjs')
}

async function webpack(entry: string): Promise<void> {
  await project.write(
    'webpack.build.cjs',
    `require('webpack')({
       entry: './${entry}', mode: 'production', target: 'web', experiments: { outputModule: true },
       output: { path: __dirname + '/webpack', filename: '${entry}', module: true, library: { type: 'module' }, chunkLoading: 'import', publicPath: './' },
     }, (error, stats) => { if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exit(1) } })`,
  )
  await project.run('node', 'webpack.build.cjs')
}

/** The size of the first chunk, without what is loaded on demand, such as the table of content types. */
async function packedSize(program: string): Promise<number> {
  await project.write('size.mjs', program)
  await esbuild('size.mjs', 'size')
  return gzipSync(await readFile(join(project.directory, 'size/size.js')), { level: 9 }).byteLength
}

async function runs(bundle: string): Promise<void> {
  await project.write('run.mjs', `globalThis.BASE_URL = '${prism.url}'\nawait import('./${bundle}')`)
  expect(await project.run('node', 'run.mjs')).toContain('consumed')
}

import { cp, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { type Consumer, consumer } from './consumer.ts'
import { runIn } from './run-in.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const DENO = `node_modules/@deno/${process.platform}-${process.arch}-glibc/deno`

let project: Consumer

beforeAll(async () => {
  project = await consumer('deno@2.9.6')
}, 300_000)

afterAll(() => project.remove())

test('the sources of the core pass the checks of JSR', async () => {
  const directory = join(project.directory, 'jsr')
  for (const name of ['LICENSE', 'README.md', 'generated', 'jsr.json', 'src']) {
    await cp(join(ROOT, name), join(directory, name), { recursive: true })
  }
  await runIn(directory, join(project.directory, DENO), 'publish', '--dry-run', '--allow-dirty')
}, 120_000)

test('jsr.json has the version and the dependencies of package.json', async () => {
  const jsr = JSON.parse(await readFile(join(ROOT, 'jsr.json'), 'utf8'))
  expect(jsr.version).toBe(packageJson.version)
  const dependencies = Object.entries(packageJson.dependencies).map(([name, version]) => [
    name,
    `npm:${name}@${version}`,
  ])
  expect(jsr.imports).toEqual(Object.fromEntries(dependencies))
})

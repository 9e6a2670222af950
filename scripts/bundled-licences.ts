// Lists the licence of every package that is bundled into dist/, as these licences require. Run by the build.

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

const texts = await Promise.all([...(await bundledPackages())].toSorted().map(licenceOf))
await writeFile(join(dist, 'BUNDLED-LICENCES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`))

/** The directories of the packages in the source maps: a package without an entry there is not bundled. */
async function bundledPackages(): Promise<Set<string>> {
  const maps = (await readdir(dist)).filter((name) => name.endsWith('.map'))
  const sources = await Promise.all(
    maps.map(async (name) => {
      const map: { sources: string[] } = JSON.parse(await readFile(join(dist, name), 'utf8'))
      return map.sources
    }),
  )
  return new Set(
    sources.flat().flatMap((source) => /(node_modules\/.*)?node_modules\/(@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? []),
  )
}

async function licenceOf(path: string): Promise<string> {
  const folder = join(root, path)
  const { name, version, license }: { name: string; version: string; license: string } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  )
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  if (file === undefined) throw new Error(`${name} is bundled but has no licence file. List its licence by hand.`)
  return `${name} ${version} (${license})\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`
}

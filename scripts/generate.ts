// Generates everything in generated/ from the description in spec/.
//
//   npm run generate             writes the files
//   npm run generate -- --check  writes nothing, names the files that differ and exits with 1

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import ts from 'typescript'
import { httpFile, postmanCollection } from './generate-collections.ts'
import { documentedMethodsModule, operationsModule, readOperations } from './generate-operations.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'generated')

const notice = 'Generated from spec/. Do not edit; run `npm run generate`.'

/** What can be sent where the description says `format: binary`. */
const binaryBody =
  'export type BinaryBody = Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array> | string;'

/** The description as one file, as YAML and as JSON, of the package's version. */
async function bundle(version: string): Promise<{ yaml: string; json: string }> {
  const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js')
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  const bundleAs = async (extension: 'yaml' | 'json') => {
    const output = join(folder, `openapi.${extension}`)
    await promisify(execFile)(process.execPath, [cli, 'bundle', 'spec/openapi.yaml', '--output', output], {
      cwd: root,
      env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    })
    return readFile(output, 'utf8')
  }
  try {
    const [yaml, json] = await Promise.all([bundleAs('yaml'), bundleAs('json')])
    return { yaml: versioned(yaml, version), json: versioned(json, version) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The version is in package.json; spec/ has a placeholder, because a description requires a version. */
function versioned(text: string, version: string): string {
  const placeholder = '0.0.0-in-package-json'
  if (text.split(placeholder).length !== 2) throw new Error(`info.version of spec/openapi.yaml must be ${placeholder}`)
  return text.replace(placeholder, version)
}

async function schemaModule(description: OpenAPI3): Promise<string> {
  const nodes = await openapiTS(description, {
    defaultNonNullable: false,
    inject: binaryBody,
    transform: (schema) =>
      'format' in schema && schema.format === 'binary' ? ts.factory.createTypeReferenceNode('BinaryBody') : undefined,
  })
  return astToString(nodes)
}

/** The content of each file in generated/, by its name. */
async function generate(): Promise<Map<string, string>> {
  const { version }: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const { yaml, json } = await bundle(version)
  const description: OpenAPI3 = JSON.parse(json)
  const operations = readOperations(description)
  const module = (content: string) => `// ${notice}\n\n${content}`
  return new Map([
    ['abeja.http', httpFile(description)],
    ['abeja.postman_collection.json', postmanCollection(description)],
    ['documented-methods.ts', module(documentedMethodsModule(operations))],
    ['openapi.json', json.endsWith('\n') ? json : `${json}\n`],
    ['openapi.yaml', `# ${notice}\n${yaml}`],
    ['operations.ts', module(operationsModule(operations))],
    ['schema.d.ts', module(await schemaModule(description))],
    ['version.ts', module(`export const version = '${version}'\n`)],
  ])
}

/** The files on disk that differ: changed, missing, or no longer generated. */
async function driftFrom(files: ReadonlyMap<string, string>): Promise<string[]> {
  const present = await readdir(target).catch(() => [])
  const names = [...new Set([...files.keys(), ...present])].sort()
  const drifted = await Promise.all(
    names.map(async (name) => {
      const content = await readFile(join(target, name), 'utf8').catch(() => undefined)
      return content === files.get(name) ? [] : [name]
    }),
  )
  return drifted.flat()
}

const files = await generate()
const drifted = await driftFrom(files)

if (process.argv.includes('--check')) {
  for (const name of drifted) process.stderr.write(`generated/${name} differs from what spec/ generates\n`)
  if (drifted.length > 0) process.stderr.write('Run `npm run generate`.\n')
  process.exitCode = drifted.length > 0 ? 1 : 0
} else {
  await mkdir(target, { recursive: true })
  for (const name of drifted) {
    const content = files.get(name)
    if (content === undefined) await rm(join(target, name), { recursive: true })
    else await writeFile(join(target, name), content)
    process.stdout.write(`generated/${name}\n`)
  }
}

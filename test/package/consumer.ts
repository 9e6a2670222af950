import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { runIn } from './run-in.ts'

/** A blank project with the packed package installed. */
export interface Consumer {
  readonly directory: string
  /** The directory of the installed package. */
  readonly installed: string
  readonly tarball: string
  write(name: string, text: string): Promise<void>
  run(command: string, ...args: string[]): Promise<string>
  remove(): Promise<void>
}

/**
 * Installs the packed package, beside other packages, into a blank project.
 * @param packages as `npm install` takes them
 */
export async function consumer(...packages: string[]): Promise<Consumer> {
  const directory = await mkdtemp(join(tmpdir(), 'abeja-consumer-'))
  const tarball = inject('tarball')
  await writeFile(join(directory, 'package.json'), JSON.stringify({ name: 'consumer', private: true }))
  await runIn(directory, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', tarball, ...packages)
  return {
    directory,
    installed: join(directory, 'node_modules', 'abeja-platform-client'),
    tarball,
    async write(name, text) {
      const file = join(directory, name)
      await mkdir(join(file, '..'), { recursive: true })
      await writeFile(file, text)
    },
    run: (command, ...args) => runIn(directory, command, ...args),
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

/** A program that uses the core, in a form that every runtime and bundler accepts. It prints `consumed`. */
export const CORE_PROGRAM = `
const abeja = new AbejaClient({ baseUrl: globalThis.BASE_URL, organizationId: '1234567890123', credential: { authToken: 'any' } })
const [channel] = await abeja.channels.list().toArray({ limit: 1 })
const { file_id } = await abeja.channels.files.upload(channel.channel_id, new Uint8Array(100_000), {
  content_type: 'image/jpeg',
  metadata: { filename: '日本.jpg' },
})
const error = await abeja.channels.get('1', { headers: { prefer: 'code=404' } }).catch((error) => error)
if (typeof file_id !== 'string' || !isApiError(error, 'getChannel', 404)) throw error
console.log('consumed')
`

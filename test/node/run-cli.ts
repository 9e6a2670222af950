import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { afterAll } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

// Inside node_modules, where the bundle finds Prism. As a bundle it starts in a fraction of the time.
const cache = join(ROOT, 'node_modules/.cache')
await mkdir(cache, { recursive: true })
const bundle = await mkdtemp(join(cache, 'cli-'))
afterAll(() => rm(bundle, { recursive: true, force: true }))
await build({
  input: { cli: join(ROOT, 'src/cli.ts') },
  platform: 'node',
  external: [/^@stoplight\//],
  logLevel: 'silent',
  output: { dir: bundle, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
})

/** The command line of the program, as it would be typed after its name. */
export function cliCommand(args: readonly string[]): string[] {
  return [process.execPath, join(bundle, 'cli.mjs'), ...args]
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How a command line is run. */
export interface RunOptions {
  /** Told the id of the process. */
  readonly onStart?: (pid: number) => void
  /** Told what it writes to standard error, with the id of the process. */
  readonly onError?: (text: string, pid: number) => void
  /** Over what the program is told there otherwise. */
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * Runs a command line in a process of its own.
 * @param url of the platform
 */
export function run(
  [program = '', ...args]: readonly string[],
  url: string,
  { onStart, onError, environment }: RunOptions = {},
): Promise<Ended> {
  const { PATH } = process.env
  const own = { ABEJA_API_URL: url, ABEJA_ORGANIZATION_ID: '1', PLATFORM_AUTH_TOKEN: 'token' }
  // No configuration of whoever runs the tests.
  const env = { PATH, HOME: '/nonexistent', TERM: 'xterm', ...own, ...environment }
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  onStart?.(child.pid ?? 0)
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    onError?.(text, child.pid ?? 0)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

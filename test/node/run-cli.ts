import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const JITI = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url))
const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** The command line of the program, as it would be typed after its name. */
export function cliCommand(args: readonly string[]): string[] {
  return [process.execPath, JITI, CLI, ...args]
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
  const env = { PATH, TERM: 'xterm', ...own, ...environment }
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

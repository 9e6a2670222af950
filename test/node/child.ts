import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const REGISTER = new URL('../../node_modules/jiti/lib/jiti-register.mjs', import.meta.url).href

/** A TypeScript program in a process of its own, which ends with the test at the latest. */
export interface Child {
  readonly process: ChildProcess
  /** How it ended, and what it wrote. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

export interface ChildOptions {
  /** The runtime, in place of the one that runs the test. */
  readonly node?: string
  readonly env?: Readonly<Record<string, string>>
  /** A file descriptor for its standard output. */
  readonly stdout?: number
  /** How many file handles it may have, on systems with a shell. */
  readonly handles?: number
}

/**
 * Starts a program beside this file. `globalThis.gc` is there in it.
 */
export function startChild(
  program: string,
  args: readonly string[],
  { node = process.env.TEST_NODE ?? process.execPath, env, stdout: output, handles }: ChildOptions = {},
): Child {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const limited = handles === undefined ? [] : ['bash', '-c', `ulimit -n ${handles}; exec "$0" "$@"`]
  const [command = node, ...rest] = [...limited, node, '--expose-gc', '--import', REGISTER, file, ...args]
  const child = spawn(command, rest, {
    stdio: ['ignore', output ?? 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [stdout, stderr] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Awaited<Child['ended']>>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { process: child, ended }
}

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

/**
 * Starts a program beside this file. `globalThis.gc` is there in it.
 * @param node the runtime, in place of the one that runs the test
 */
export function startChild(
  program: string,
  args: readonly string[],
  node = process.env.TEST_NODE ?? process.execPath,
): Child {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const child = spawn(node, ['--expose-gc', '--import', REGISTER, file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Awaited<Child['ended']>>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { process: child, ended }
}

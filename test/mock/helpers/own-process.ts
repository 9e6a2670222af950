import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

/** A mock server in a process of its own, so that its memory can be told from the test's. */
export class OwnProcess {
  readonly #child: ChildProcess
  readonly url: string

  private constructor(child: ChildProcess, url: string) {
    this.#child = child
    this.url = url
  }

  static async start(...flags: readonly string[]): Promise<OwnProcess> {
    const command = [
      resolve('node_modules/jiti/lib/jiti-cli.mjs'),
      resolve('scripts/mock.ts'),
      '--port',
      '0',
      '--quiet',
    ]
    const child = spawn(process.execPath, [...command, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
    for await (const chunk of child.stdout) {
      const url = /http:\/\/\S+/.exec(String(chunk))?.[0]
      if (url !== undefined) return new OwnProcess(child, url)
    }
    throw new Error('the server did not start')
  }

  /** The memory that the process holds now, in MB. */
  async memory(): Promise<number> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
  }

  /** The most memory that it ever held, in MB. */
  async peakMemory(): Promise<number> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024
  }

  /** Tells it to stop, and answers the code that it ends with. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((done) => this.#child.once('exit', done))
    this.#child.kill('SIGTERM')
    return ended
  }
}

import type { ChildProcess } from 'node:child_process'

/** Processes of which one after the other is killed and replaced, so that their number stays the same. */
export class MortalProcesses {
  readonly #running = new Set<ChildProcess>()
  readonly #start: () => ChildProcess
  #isStopped = false
  #kills = 0

  constructor(count: number, start: () => ChildProcess) {
    this.#start = start
    for (let index = 0; index < count; index++) this.#add()
  }

  get kills(): number {
    return this.#kills
  }

  /** Kills one at random, without a warning. */
  killOne(): void {
    const all = [...this.#running]
    all[Math.floor(Math.random() * all.length)]?.kill('SIGKILL')
    this.#kills += 1
  }

  /** Ends all of them. */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.#isStopped = true
    const ended = [...this.#running].map((child) => new Promise((resolve) => child.once('close', resolve)))
    for (const child of this.#running) child.kill(signal)
    await Promise.all(ended)
  }

  #add(): void {
    const child = this.#start()
    this.#running.add(child)
    child.once('close', () => {
      this.#running.delete(child)
      if (!this.#isStopped) this.#add()
    })
  }
}

import stringWidth from 'string-width'

/** The longest line that fits a terminal of 80 columns. */
const WIDTH = 80

/** Runs steps one after the other and tells each: the call, what came back, how long it took. */
export class Narrator {
  #failed = 0
  #done = 0

  /** Whether every step did what it should. */
  get succeeded(): boolean {
    return this.#failed === 0
  }

  say(text: string): void {
    console.log(text)
  }

  /**
   * One step. A step that throws is told and counted, and the next ones still run.
   * @param call the line of code a reader would write
   * @param tell what to show of the result; it throws when the result is not what it should be
   */
  async step<Result>(
    call: string,
    run: () => Promise<Result>,
    tell: (result: Result) => string,
  ): Promise<Result | undefined> {
    const startedAt = performance.now()
    try {
      const result = await run()
      const told = tell(result)
      this.#done += 1
      this.#print(call, `✓ ${told}`, startedAt)
      return result
    } catch (error) {
      this.#failed += 1
      this.#print(call, `✗ ${error instanceof Error ? error.message : String(error)}`, startedAt)
      return undefined
    }
  }

  summary(): void {
    const steps = this.#done + this.#failed
    console.log(this.succeeded ? `\nAll ${steps} steps did what they should.` : `\n${this.#failed} of ${steps} failed.`)
  }

  #print(call: string, outcome: string, startedAt: number): void {
    const time = `${Math.round(performance.now() - startedAt)} ms`.padStart(8)
    console.log(`\n${cut(call, WIDTH)}`)
    const [first = '', ...rest] = wrap(outcome, WIDTH - time.length - 4)
    console.log(`  ${first}${' '.repeat(Math.max(1, WIDTH - 2 - time.length - stringWidth(first)))}${time}`)
    for (const line of rest) console.log(`    ${line}`)
  }
}

/** Throws when a step's result is not what it should be. */
export function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`expected ${what}`)
}

/** Cuts to a number of columns: some characters take two. */
function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (stringWidth(kept + character) >= width) break
    kept += character
  }
  return `${kept}…`
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`
    if (lines.length > 0 && stringWidth(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(cut(word, width))
  }
  return lines
}

import stringWidth from 'string-width'

/** The longest line that fits a terminal of 80 columns. */
const WIDTH = 80

/** Runs steps one after the other and prints each: the call, its result, its duration. */
export class Narrator {
  #failed = 0
  #done = 0

  /** Whether every step succeeded. */
  get succeeded(): boolean {
    return this.#failed === 0
  }

  say(text: string): void {
    console.log(text)
  }

  /**
   * Runs one step. A step that throws is printed and counted, and the next ones still run.
   * @param call the line of code a reader would write
   * @param format formats the result; throws if the result is wrong
   */
  async step<Result>(
    call: string,
    run: () => Promise<Result>,
    format: (result: Result) => string,
  ): Promise<Result | undefined> {
    const startedAt = performance.now()
    try {
      const result = await run()
      const summary = format(result)
      this.#done += 1
      this.#print(call, `✓ ${summary}`, startedAt)
      return result
    } catch (error) {
      this.#failed += 1
      this.#print(call, `✗ ${error instanceof Error ? error.message : String(error)}`, startedAt)
      return undefined
    }
  }

  summary(): void {
    const steps = this.#done + this.#failed
    console.log(this.succeeded ? `\nAll ${steps} steps succeeded.` : `\n${this.#failed} of ${steps} failed.`)
  }

  #print(call: string, outcome: string, startedAt: number): void {
    const time = `${Math.round(performance.now() - startedAt)} ms`.padStart(8)
    console.log(`\n${cut(call, WIDTH)}`)
    const [first = '', ...rest] = wrap(outcome, WIDTH - time.length - 4)
    console.log(`  ${first}${' '.repeat(Math.max(1, WIDTH - 2 - time.length - stringWidth(first)))}${time}`)
    for (const line of rest) console.log(`    ${line}`)
  }
}

/** Throws if the result of a step is wrong. */
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

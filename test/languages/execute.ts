import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where a command runs, and the variables it sees beside those of the machine. */
export interface Place {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a command and returns what it printed. Throws with its whole output when it fails. */
export async function execute([command = '', ...args]: readonly string[], { cwd, env }: Place = {}): Promise<string> {
  try {
    const { stdout } = await run(command, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 })
    return stdout
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const printed = 'stdout' in error && 'stderr' in error ? `${error.stdout}${error.stderr}`.trim() : ''
    throw new Error(`${command} ${args.join(' ')} failed: ${(printed || error.message).slice(-4000)}`)
  }
}

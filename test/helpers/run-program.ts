import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** How a program ended. */
export interface Outcome {
  readonly code: number | null
  readonly output: string
}

/**
 * Runs a TypeScript program in a process of its own, with the package's entries in place of an installed package.
 * @param directory where the program is written to and what it sees as its working directory
 */
export async function runProgram(
  code: string,
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const file = join(directory, 'program.ts')
  await writeFile(file, code)
  const alias = {
    'abeja-platform-client/node': join(ROOT, 'src/node.ts'),
    'abeja-platform-client/mock': join(ROOT, 'src/mock.ts'),
    'abeja-platform-client': join(ROOT, 'src/index.ts'),
  }
  const register = resolve(ROOT, 'node_modules/jiti/lib/jiti-register.mjs')
  const child = spawn(process.execPath, ['--import', register, file], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '', JITI_ALIAS: JSON.stringify(alias), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const exitCode = await new Promise<number | null>((done) => child.on('close', done))
  return { code: exitCode, output }
}

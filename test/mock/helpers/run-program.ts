import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Runs a program that has `startMock` in a process of its own, and waits until it ends by itself. */
export async function runProgram(program: string): Promise<{ code: number | null; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'program-'))
  const file = join(folder, 'program.ts')
  await writeFile(file, `import { startMock } from ${JSON.stringify(resolve('src/mock.ts'))}\n${program}`)
  const jiti = resolve('node_modules/jiti/lib/jiti-cli.mjs')
  const child = spawn(process.execPath, [jiti, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk))
  const code = await new Promise<number | null>((done) => child.on('close', done))
  await rm(folder, { recursive: true })
  return { code, output }
}

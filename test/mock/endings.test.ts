import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Caller } from './helpers/caller.ts'
import { ids } from './helpers/use-mock.ts'

let temporary: string

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'endings-'))
})

afterEach(() => rm(temporary, { recursive: true }))

const temporaryFiles = async () => (await readdir(temporary)).filter((name) => name.startsWith('abeja-mock-'))

/** Starts a program with a temporary directory of its own, and waits for the URL that it prints. */
async function started(file: string, ...flags: readonly string[]) {
  const args = [resolve('node_modules/jiti/lib/jiti-cli.mjs'), file, ...flags]
  const env = { ...process.env, TMPDIR: temporary }
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise((done) => child.once('exit', done))
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0]
    if (url !== undefined) return { child, ended, user: new Caller(url, 'Bearer x') }
  }
  throw new Error('The program did not start')
}

describe('the temporary files of uploads', () => {
  const large = 'x'.repeat(300_000)

  test.each(['SIGHUP', 'SIGINT', 'SIGTERM'] as const)('are removed when the command receives %s', async (signal) => {
    const { child, ended, user } = await started(resolve('scripts/mock.ts'), '--port', '0', '--quiet')
    await user.upload(ids.channel, large)
    expect(await temporaryFiles()).not.toEqual([])
    child.kill(signal)
    await ended
    expect(await temporaryFiles()).toEqual([])
  })

  test.each([
    ['throws an exception that nothing catches', 'throw new Error("uncaught")'],
    ['rejects a promise that nothing catches', 'Promise.reject(new Error("uncaught"))'],
    ['exits', 'process.exit(3)'],
  ])('are removed when the program %s', async (_, ending) => {
    const file = join(temporary, 'program.ts')
    const program = `console.log((await startMock()).url)\nprocess.stdin.once('data', () => { ${ending} })\n`
    await writeFile(file, `import { startMock } from ${JSON.stringify(resolve('src/mock.ts'))}\n${program}`)
    const { child, ended, user } = await started(file)
    await user.upload(ids.channel, large)
    expect(await temporaryFiles()).not.toEqual([])
    child.stdin.write('\n')
    await ended
    expect(await temporaryFiles()).toEqual([])
  })
})

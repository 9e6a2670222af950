import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { mergeReports, type TransferReport } from '../../src/node.ts'
import { missing } from '../helpers/debian-programs.ts'
import { type Program, programsOf } from '../helpers/markdown-programs.ts'
import { cliCommand } from '../node/run-cli.ts'
import { type CountedUploads, countedUploads, directoryOf } from './counted-uploads.ts'

const KILLS = 20
/** More of them show that it holds for large transfers: PARTS_FILES=100000. */
const COUNT = Number(process.env.PARTS_FILES ?? 300)
const TIMEOUT = COUNT > 300 ? 3_600_000 : 240_000
const blocks = programsOf('docs/several-machines.md')

/** Returns the block of the guide that contains a text. */
function blockWith(text: string): Program {
  const [block, ...others] = blocks.filter(({ code }) => code.includes(text))
  if (!block || others.length > 0) throw new Error(`${others.length + 1} blocks contain ${text}`)
  return block
}

const PLAN = blockWith('plan upload').code.split('\n').slice(0, 2).join('\n')

/** A shell in which the commands of the guide work with a channel of a mock server. */
class Shell {
  readonly #uploads: CountedUploads
  readonly #directory: string
  readonly #partSize: number
  readonly #cwd: string

  private constructor(uploads: CountedUploads, directory: string, partSize: number, cwd: string) {
    this.#uploads = uploads
    this.#directory = directory
    this.#partSize = partSize
    this.#cwd = cwd
  }

  static async open(uploads: CountedUploads, directory: string, partSize: number): Promise<Shell> {
    const cwd = await mkdtemp(join(tmpdir(), 'shell-'))
    onTestFinished(() => rm(cwd, { recursive: true, force: true }))
    const [node, cli] = cliCommand([])
    // Each process writes its id before it becomes the program.
    await writeFile(join(cwd, 'npx'), `#!/bin/sh\nshift\necho $$ >> "${cwd}/pids"\nexec "${node}" "${cli}" "$@"\n`)
    await chmod(join(cwd, 'npx'), 0o755)
    return new Shell(uploads, directory, partSize, cwd)
  }

  /** Runs commands of the guide, with the directory, the channel and the size of the parts of this test. */
  async run(commands: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    const { environment, channel } = this.#uploads
    const own = commands
      .replaceAll('./photos', this.#directory)
      .replaceAll('1230000000000', channel)
      .replaceAll('--part-size 1000', `--part-size ${this.#partSize}`)
    const env = { ...environment, HOME: this.#cwd, PATH: `${this.#cwd}:${environment.PATH}`, ...more }
    const child = spawn('bash', ['-e', '-c', own], { cwd: this.#cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text))
    const [code] = await once(child, 'close')
    expect(code, errors).toBe(0)
  }

  read(file: string): Promise<string> {
    return readFile(join(this.#cwd, file), 'utf8')
  }

  async reports(file: string): Promise<TransferReport[]> {
    return (await this.read(file))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }

  /** Kills one of its running `run-part` at random. Returns whether there was one. */
  async killOne(): Promise<boolean> {
    const pids = (await this.read('pids')).trim().split('\n')
    const running: number[] = []
    for (const pid of pids.slice(-50)) {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      if (command.includes(cliCommand([])[1] ?? '') && command.includes('run-part')) running.push(Number(pid))
    }
    const pid = running[Math.floor(Math.random() * running.length)]
    if (pid === undefined) return false
    process.kill(pid, 'SIGKILL')
    return true
  }
}

describe.skipIf(missing('parallel'))('the commands of the guide', () => {
  test(
    `upload ${COUNT} files once with GNU parallel, although ${KILLS} times a process is killed`,
    async () => {
      const { directory, paths } = await directoryOf(COUNT)
      let kills = 0
      let isKilling = false
      const uploads = await countedUploads(async (stored) => {
        if (isKilling || kills === KILLS || stored < (COUNT / (KILLS + 2)) * (kills + 1)) return
        isKilling = true
        if (await shell.killOne()) kills += 1
        isKilling = false
      })
      const shell = await Shell.open(uploads, directory, Math.max(25, COUNT / 100))
      await shell.run(blockWith('parallel -j 4').code)
      const merged = mergeReports(await shell.reports('reports.jsonl'))
      expect(merged).toMatchObject({ failed: [], cancelled: [], complete: true })
      expect([...merged.succeeded, ...merged.skipped].map(({ path }) => path).sort()).toEqual(paths)
      expect(await uploads.names()).toEqual(paths)
      expect(kills).toBeGreaterThan(KILLS / 2)
      const [rest] = await shell.reports('rest.json')
      expect(rest).toMatchObject({ succeeded: [], failed: [], cancelled: [], complete: true })
    },
    TIMEOUT,
  )

  test('upload every file once with parallel --pipe', async () => {
    const { shell, uploads, paths } = await planned()
    await shell.run(blockWith('parallel --pipe').code)
    expect(mergeReports(await shell.reports('reports.jsonl'))).toMatchObject({ complete: true, failed: [] })
    expect(await uploads.names()).toEqual(paths)
  })

  test('upload every file once with xargs, also when they are run again', async () => {
    const { shell, uploads, paths } = await planned()
    for (const expected of [paths.length, 0]) {
      await shell.run(blockWith('xargs').code)
      const reports = await Promise.all([1, 2, 3].map((number) => shell.reports(`reports/${number}.json`)))
      const merged = mergeReports(reports.flat())
      expect(merged).toMatchObject({ complete: true, failed: [], succeeded: { length: expected } })
    }
    expect(await uploads.names()).toEqual(paths)
  })

  test('upload every file once as an array job of Slurm', async () => {
    const { shell, uploads, paths } = await planned()
    const script = blockWith('#SBATCH').code
    for (const task of ['1', '2', '3']) await shell.run(script, { SLURM_ARRAY_TASK_ID: task })
    expect(await uploads.names()).toEqual(paths)
  })

  test('upload every file once as an indexed job of Kubernetes', async () => {
    const { shell, uploads, paths } = await planned()
    const command = /- >-\n((?: {14}.*\n)+)/.exec(blockWith('batch/v1').code)?.[1] ?? ''
    for (const index of ['0', '1', '2']) {
      await shell.run(command.replaceAll(/\s+/g, ' '), { JOB_COMPLETION_INDEX: index })
    }
    expect(await uploads.names()).toEqual(paths)
  })
})

/** A plan of three parts in a shell. */
async function planned() {
  const { directory, paths } = await directoryOf(25)
  const uploads = await countedUploads(() => {})
  const shell = await Shell.open(uploads, directory, 10)
  await shell.run(PLAN)
  return { shell, uploads, paths }
}

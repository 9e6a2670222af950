import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { TransferReport } from '../../src/node.ts'
import { missing } from '../helpers/debian-programs.ts'
import { filesOf } from '../helpers/guide-files.ts'
import { type RedisServer, startRedis } from '../helpers/redis-server.ts'
import { typeErrors } from '../helpers/type-check.ts'
import { type BundledPrograms, bundlePrograms } from './bundle-programs.ts'
import { countedUploads, directoryOf } from './counted-uploads.ts'
import { MortalProcesses } from './kill-at-random.ts'

const GUIDE = 'docs/several-machines.md'
const KILLS = 20
const WORKERS = 4
/** More of them show that it holds for large transfers: PARTS_FILES=100000. */
const COUNT = Number(process.env.PARTS_FILES ?? 600)
const PART_SIZE = Math.max(10, COUNT / 200)
const TIMEOUT = COUNT > 600 ? 3_600_000 : 240_000

test('the programs of the guide pass the type checker', () => {
  const programs = filesOf(GUIDE).filter(({ path }) => path.endsWith('.ts'))
  expect(programs.map(({ path }) => path)).toEqual(['transfer.ts', 'worker.ts'])
  expect(typeErrors(programs.map(({ path, code }) => ({ name: `guide-${path}`, language: 'ts', code })))).toEqual([])
})

describe.skipIf(missing('redis-server'))('with Redis', () => {
  let redis: RedisServer
  let programs: BundledPrograms

  beforeAll(async () => {
    redis = await startRedis()
    programs = await bundlePrograms(GUIDE)
  })

  afterAll(async () => {
    await redis.stop()
    await programs.remove()
  })

  test(
    `${COUNT} files are stored once and are all in the report, although ${KILLS} times a worker is killed`,
    async () => {
      const { directory, paths } = await directoryOf(COUNT)
      const { channel, environment, names } = await countedUploads((stored) => {
        if (stored >= (COUNT / (KILLS + 2)) * (workers.kills + 1) && workers.kills < KILLS) workers.killOne()
      })
      const env = { ...environment, REDIS_URL: redis.url, STALLED_AFTER_MS: '2000' }
      const errors: string[] = []
      const workers = new MortalProcesses(WORKERS, () => {
        const worker = spawn(process.execPath, [programs.pathOf('worker.ts')], {
          env,
          stdio: ['ignore', 'ignore', 'pipe'],
        })
        worker.stderr.on('data', (text: Buffer) => errors.push(text.toString()))
        return worker
      })
      onTestFinished(() => workers.stop('SIGKILL'))
      const outcome = await start(programs.pathOf('transfer.ts'), [directory, channel, `${PART_SIZE}`], env)
      expect(outcome.code, outcome.output + errors.join('')).toBe(0)
      expect(outcome.output).toMatch(/^part [\w-]+: \d+ files$/m)
      const report: TransferReport = JSON.parse(outcome.report)
      expect(report).toMatchObject({ failed: [], cancelled: [], complete: true })
      expect([...report.succeeded, ...report.skipped].map(({ path }) => path).sort()).toEqual(paths)
      expect(await names()).toEqual(paths)
      expect(workers.kills).toBe(KILLS)
      await workers.stop('SIGTERM')
    },
    TIMEOUT,
  )
})

/** Runs a program in a directory of its own, where it writes its report. */
async function start(program: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const cwd = await mkdtemp(join(tmpdir(), 'transfer-'))
  onTestFinished(() => rm(cwd, { recursive: true, force: true }))
  const child = spawn(process.execPath, [program, ...args], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const [code] = await once(child, 'close')
  return { code, output, report: await readFile(join(cwd, 'report.json'), 'utf8').catch(() => '') }
}

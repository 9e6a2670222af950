import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleAnswer, fileAt } from '../helpers/operations.ts'
import { runProgram } from '../helpers/run-program.ts'
import { ok, refused, silence } from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'

const server = useFaultServer()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'process-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

const PROGRAM = `
import { AbejaClient } from 'abeja-platform-client'
const abeja = new AbejaClient({ timeout: 250_000, totalTimeout: 900_000, maxRetries: 5 })
const failing = (work: Promise<unknown>) => work.then(() => Promise.reject(new Error('it succeeded')), () => {})

await abeja.channels.get('1')
await failing(abeja.channels.get('2'))

const inPause = new AbortController()
const paused = failing(abeja.channels.get('3', { signal: inPause.signal }))
setTimeout(() => inPause.abort(), 100)
await paused

const inFlight = new AbortController()
const silent = failing(abeja.channels.get('4', { signal: inFlight.signal }))
setTimeout(() => inFlight.abort(), 100)
await silent

const download = await abeja.channels.files.download('5', 'f')
const reader = download.getReader()
await reader.read()
await reader.cancel()

for await (const _ of abeja.channels.list()) break
process.on('exit', () => console.log('leaves with', process.uptime() - finishedAt < 3 ? 'nothing left' : 'something left'))
const finishedAt = process.uptime()
`

test('a program that has ended its work exits by itself', async () => {
  server.script(
    [
      ok,
      refused(404),
      refused(503, '', { 'retry-after': '30' }),
      silence,
      ({ response }) => void response.end(JSON.stringify(fileAt(`${server.url}/f`))),
      ({ response }) => void response.writeHead(200, { 'content-length': 10 }).write('12345'),
      ({ response }) => void response.end(JSON.stringify(exampleAnswer('listChannels'))),
    ],
    exampleAnswer('getChannel'),
  )
  const { code, output } = await runProgram(PROGRAM, folder, {
    ABEJA_API_URL: server.url,
    ABEJA_ORGANIZATION_ID: '1',
    PLATFORM_AUTH_TOKEN: 'abcdefgh',
  })
  expect({ code, output }).toEqual({ code: 0, output: 'leaves with nothing left\n' })
})

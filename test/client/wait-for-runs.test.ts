import { describe, expect, test } from 'vitest'
import type { RequestOptions, WaitForRunsParams } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { exampleAnswer } from '../helpers/operations.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'
import { recordingServer } from '../helpers/recording-server.ts'

const [example] = Object(exampleAnswer('getTriggerRuns')).entries

const run = (id: number, status: string) => ({
  ...example,
  run_id: `run-${id}`,
  status,
  input_data: { '$datalake:1': `1230000000000/file-${id}` },
})

/** Waits on a server that responds with one list of runs after the other, and with the last one from then on. */
async function waiting(lists: readonly object[][], params: WaitForRunsParams, options?: RequestOptions) {
  const server = await recordingServer((_, index) => ({
    json: { entries: lists[Math.min(index, lists.length - 1)], next_page_token: null },
  }))
  const { runs } = abejaAt(server.url).triggers
  const result = await runs.waitFor('1', 'tri-1', { pollInterval: 1, ...params }, options)
  const idsOf = (of: readonly { run_id: string }[]) => of.map(({ run_id }) => run_id)
  return { succeeded: idsOf(result.succeeded), failed: idsOf(result.failed), looks: server.requests.length }
}

describe('waitFor', () => {
  test('waits for the given runs and tells which of them failed', async () => {
    const lists = [
      [run(3, 'RUNNING'), run(2, 'RUNNING'), run(1, 'SUCCEEDED')],
      [run(3, 'RUNNING'), run(2, 'FAILED'), run(1, 'SUCCEEDED')],
    ]
    const result = await waiting(lists, { run_ids: ['run-1', 'run-2'] })
    expect(result).toEqual({ succeeded: ['run-1'], failed: ['run-2'], looks: 2 })
  })

  test('waits for the run of a file, which need not exist yet', async () => {
    const lists = [[], [run(1, 'QUEUED')], [run(1, 'SUCCEEDED')]]
    expect(await waiting(lists, { file_ids: ['file-1'] })).toEqual({ succeeded: ['run-1'], failed: [], looks: 3 })
  })

  test('takes the newest run of a file', async () => {
    const again = { ...run(1, 'SUCCEEDED'), run_id: 'run-1b' }
    const result = await waiting([[again, run(1, 'FAILED')]], { file_ids: ['file-1'] })
    expect(result).toEqual({ succeeded: ['run-1b'], failed: [], looks: 1 })
  })

  test('without ids waits for the runs that have not ended at the start', async () => {
    const lists = [
      [run(2, 'RUNNING'), run(1, 'FAILED')],
      [run(3, 'RUNNING'), run(2, 'SUCCEEDED'), run(1, 'FAILED')],
    ]
    expect(await waiting(lists, {})).toEqual({ succeeded: ['run-2'], failed: [], looks: 2 })
  })

  test('waits for a status that it does not know, unless hasEnded knows it', async () => {
    const lists = [[run(1, 'ARCHIVED')]]
    const hasEnded = ({ status }: { status: string }) => status === 'ARCHIVED'
    expect(await waiting(lists, { run_ids: ['run-1'], hasEnded })).toMatchObject({ failed: ['run-1'] })
    const error = await abejaErrorOf(waiting(lists, { run_ids: ['run-1'] }, { totalTimeout: 50 }))
    expect(error).toMatchObject({ name: 'TimeoutError', kind: 'totalTimeout' })
    expect(error.message).toContain('run-1 (ARCHIVED)')
  })

  test('ends with its signal, during a pause too', async () => {
    const reason = new Error('enough')
    const controller = new AbortController()
    const server = await recordingServer(() => {
      setImmediate(() => controller.abort(reason))
      return { json: { entries: [], next_page_token: null } }
    })
    const { runs } = abejaAt(server.url).triggers
    const params = { run_ids: ['run-1'], pollInterval: 60_000 }
    const error = await abejaErrorOf(runs.waitFor('1', 'tri-1', params, { signal: controller.signal }))
    expect(error).toMatchObject({ name: 'AbortedError', cause: reason })
  })

  test('sends nothing for an empty list of ids', async () => {
    expect(await waiting([[]], { run_ids: [] })).toEqual({ succeeded: [], failed: [], looks: 0 })
  })

  test.each([
    [{ run_ids: ['1'], file_ids: ['2'] }, 'exclude each other'],
    [{ run_ids: 'run-1' }, 'run_ids must be an array'],
    [{ pollInterval: 0 }, 'pollInterval must be a positive number'],
    [{ runIds: ['1'] }, 'Did you mean "run_ids"'],
  ])('rejects %j', async (params, message) => {
    const { runs } = abejaAt('http://127.0.0.1:9').triggers
    const error = await abejaErrorOf(Reflect.apply(runs.waitFor, runs, ['1', 'tri-1', params]))
    expect(error).toMatchObject({ name: 'InvalidRequestError', message: expect.stringContaining(message) })
  })
})

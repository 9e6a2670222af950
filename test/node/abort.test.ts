import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { retryTransfer, uploadDirectory } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { reread } from './report.ts'
import { cliCommand, run } from './run-cli.ts'
import { type Setting, setting } from './setting.ts'

/** A directory, and a journal that says that its file was begun. */
async function withBegunUpload({ channel }: Setting) {
  const dir = await directoryWith({ a: 'A' })
  const journal = join(await directoryWith(), 'journal')
  const header = { journal: 1, direction: 'upload', address: channel.address, folder: dir }
  const begun = { begun: 'a', since: new Date().toISOString() }
  await writeFile(journal, `${JSON.stringify(header)}\n${JSON.stringify(begun)}\n`)
  return { dir, journal }
}

test('an abort while lost uploads are looked up is answered with a report', async () => {
  const place = await setting()
  const { platform, abeja, channel } = place
  const { dir, journal } = await withBegunUpload(place)
  const abortAtList = () => {
    const controller = new AbortController()
    platform.faults.answer = () => {
      controller.abort()
      return undefined
    }
    return controller.signal
  }
  const report = await uploadDirectory(channel, dir, { journal, signal: abortAtList() })
  expect(report).toMatchObject({ succeeded: [], failed: [], cancelled: [], complete: false })

  platform.faults.answer = undefined
  platform.faults.loseAnswer = true
  const lost = await uploadDirectory(channel, dir)
  const cancelled = await retryTransfer(abeja, reread(lost), { signal: abortAtList() })
  const { unconfirmedSince } = lost.failed[0] ?? {}
  expect(cancelled).toMatchObject({ failed: [], cancelled: [{ path: 'a', unconfirmedSince }], complete: true })
})

test('Ctrl-C while lost uploads are looked up ends with 130', async () => {
  const place = await setting()
  const { platform } = place
  const { dir, journal } = await withBegunUpload(place)
  let pid = 0
  platform.faults.answerDelayMs = 5_000
  platform.faults.answer = () => {
    process.kill(pid, 'SIGINT')
    return undefined
  }
  const args = cliCommand(['upload', dir, 'datalake://1', '--journal', journal])
  const ended = await run(args, platform.url, { onStart: (started) => (pid = started) })
  expect(ended).toMatchObject({ code: 130, stdout: '0 succeeded, 0 skipped, 0 failed, 0 cancelled\n' })
})

test('files that come from something that stalls are not waited for', async () => {
  const { channel } = await setting()
  const controller = new AbortController()
  async function* files() {
    yield 'a'
    await new Promise(() => {})
  }
  const report = await uploadDirectory(channel, await directoryWith({ a: 'A' }), {
    files: files(),
    signal: controller.signal,
    onEvent: ({ type }) => type === 'succeeded' && controller.abort(),
  })
  expect(report).toMatchObject({ succeeded: [{ path: 'a' }], cancelled: [], complete: false })
})

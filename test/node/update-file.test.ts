import { expect, test } from 'vitest'
import { InvalidRequestError, PartialUpdateError } from '../../src/index.ts'
import { errorOf } from '../helpers/abeja.ts'
import { type Setting, setting } from './setting.ts'

const before = { 'x-abeja-meta-filename': '%E6%97%A5%20100%25.jpg', 'x-abeja-meta-label': 'a%2Bb' }

async function withFile() {
  const all = await setting()
  const file = all.platform.put('channel', 'x', 'x', 'id1')
  file.metadata = { ...before }
  return { ...all, file }
}

function refuse({ platform }: Pick<Setting, 'platform'>, ...refusals: readonly RegExp[]): void {
  const left = [...refusals]
  platform.faults.answer = ({ method, url }) => {
    if (method !== 'PUT' || !left[0]?.test(url)) return undefined
    left.shift()
    return { status: 400, json: { error: 'bad', error_description: `no ${url}` } }
  }
}

test('metadata and lifetime are updated together', async () => {
  const { abeja, file } = await withFile()
  const updated = await abeja.channels.files.update('1', 'id1', { metadata: { label: '猫' }, lifetime: '1week' })
  expect(updated.metadata).toEqual({ label: '猫' })
  expect(file).toMatchObject({ lifetime: '1week', metadata: { 'x-abeja-meta-label': '%E7%8C%AB' } })
})

test('one of the two alone leaves the other', async () => {
  const { abeja, file, platform } = await withFile()
  expect((await abeja.channels.files.update('1', 'id1', { lifetime: '1day' })).metadata.label).toBe('a+b')
  expect(file).toMatchObject({ lifetime: '1day', metadata: before })
  await abeja.channels.files.update('1', 'id1', { metadata: {} })
  expect(file).toMatchObject({ lifetime: '1day', metadata: {} })
  expect(platform.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(2)
})

test('a lifetime that is refused puts the metadata back: encoded once, without those of the system', async () => {
  const all = await withFile()
  refuse(all, /lifetime/)
  const work = all.abeja.channels.files.update('1', 'id1', { metadata: { label: 'new' }, lifetime: '1week' })
  const error = await errorOf(work)
  expect(error).toBeInstanceOf(PartialUpdateError)
  expect(error).toMatchObject({ restored: true, restoreError: undefined, status: 400, lifetimeError: { status: 400 } })
  expect(error).toMatchObject({ message: expect.stringContaining('previous metadata were restored') })
  expect(all.file.metadata).toEqual(before)
})

test('when they cannot be put back either, the error tells both', async () => {
  const all = await withFile()
  refuse(all, /lifetime/, /metadata/)
  const work = all.abeja.channels.files.update('1', 'id1', { metadata: { label: 'new' }, lifetime: '1week' })
  const error = await errorOf(work)
  expect(error).toMatchObject({
    restored: false,
    lifetimeError: { operationId: 'putChannelFileLifetime' },
    restoreError: { operationId: 'putChannelFileMetadata' },
    message: expect.stringMatching(/could not be restored.*\/lifetime.*\/metadata/),
  })
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name: 'PartialUpdateError', restoreError: { status: 400 } })
})

test('they are put back also when the caller has aborted', async () => {
  const all = await withFile()
  const controller = new AbortController()
  all.platform.faults.answer = ({ url }) => {
    if (url.includes('lifetime')) controller.abort()
    return undefined
  }
  const { signal } = controller
  const work = all.abeja.channels.files.update(
    '1',
    'id1',
    { metadata: { label: 'new' }, lifetime: '1week' },
    { signal },
  )
  expect(await errorOf(work)).toMatchObject({ restored: true, lifetimeError: { name: 'AbortedError' } })
  expect(all.file.metadata).toEqual(before)
})

test('nothing to update is refused', async () => {
  const { abeja, platform } = await withFile()
  await expect(abeja.channels.files.update('1', 'id1', {})).rejects.toThrow(InvalidRequestError)
  expect(platform.requests).toEqual([])
})
